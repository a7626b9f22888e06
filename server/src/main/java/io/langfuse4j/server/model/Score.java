package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A judgement about an observation, a trace, a session or a dataset run.
 *
 * @param value the number; of a boolean 0 or 1, of a category its number in the config, else 0;
 *     null for free text
 * @param stringValue what was said in words; null for a number
 * @param metadata JSON object text
 */
public record Score(
    String id,
    Subject subject,
    String name,
    DataType dataType,
    @Nullable Double value,
    @Nullable String stringValue,
    Source source,
    @Nullable String authorUserId,
    @Nullable String comment,
    String metadata,
    @Nullable String configId,
    @Nullable String queueId,
    String environment,
    Instant timestamp) {

  /** What the value is. The names are the ones that Langfuse stores and returns. */
  public enum DataType {
    NUMERIC,
    CATEGORICAL,
    BOOLEAN,
    CORRECTION,
    TEXT
  }

  /** Who scored: a program, a person in the user interface, or an evaluator of the server. */
  public enum Source {
    API,
    ANNOTATION,
    EVAL
  }

  /**
   * What is judged: exactly one of trace, session and dataset run.
   *
   * @param observationId one observation of the trace; null for the trace as a whole
   */
  public record Subject(
      @Nullable String traceId,
      @Nullable String observationId,
      @Nullable String sessionId,
      @Nullable String datasetRunId) {}
}
