package io.langfuse4j;

import io.langfuse4j.internal.scores.QueuedScore;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A judgement about an observation, a trace, a session or a dataset run: a number, a category, yes
 * or no, or a text. Received by a lambda; not thread-safe.
 *
 * <pre>{@code
 * langfuse.score(s -> s.sessionId("session-1").name("thumbs").value(true).comment("fast answer"));
 * }</pre>
 *
 * <p>A score without name, value or exactly one target is a mistake in the program, and refused
 * with an {@link IllegalArgumentException} where it is made; what the network does never throws.
 */
public final class Score {

  private static final int LONGEST_TEXT = 500;

  private @Nullable String traceId;
  private @Nullable String observationId;
  private @Nullable String sessionId;
  private @Nullable String datasetRunId;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String dataType;
  private @Nullable Double number;
  private @Nullable String words;
  private @Nullable String comment;
  private @Nullable Object metadata;
  private @Nullable String configId;
  private @Nullable String environment;
  private @Nullable Instant timestamp;

  Score() {}

  /** The trace that is scored, as a whole unless {@link #observationId} is given too. */
  public Score traceId(String traceId) {
    this.traceId = traceId;
    return this;
  }

  /** The observation that is scored; its {@link #traceId} is needed too. */
  public Score observationId(String observationId) {
    this.observationId = observationId;
    return this;
  }

  /** The session that is scored. */
  public Score sessionId(String sessionId) {
    this.sessionId = sessionId;
    return this;
  }

  /** The dataset run that is scored. */
  public Score datasetRunId(String datasetRunId) {
    this.datasetRunId = datasetRunId;
    return this;
  }

  /**
   * An id of one's own: a score that is made again under the same id replaces the first. Random if
   * it is not given.
   */
  public Score id(String id) {
    this.id = id;
    return this;
  }

  /** What is judged, such as {@code quality}. Needed. */
  public Score name(String name) {
    this.name = name;
    return this;
  }

  /** A number, which must be finite. */
  public Score value(double number) {
    return value("NUMERIC", number, null);
  }

  /** Yes or no. */
  public Score value(boolean yes) {
    return value("BOOLEAN", yes ? 1.0 : 0.0, null);
  }

  /** One of a few categories, such as {@code good}. */
  public Score value(String category) {
    return value("CATEGORICAL", null, category);
  }

  /** Free text of 1 to 500 characters. */
  public Score text(String text) {
    return value("TEXT", null, text);
  }

  /** What the output should have been. */
  public Score correction(String output) {
    return value("CORRECTION", null, output);
  }

  private Score value(String type, @Nullable Double number, @Nullable String words) {
    this.dataType = type;
    this.number = number;
    this.words = words;
    return this;
  }

  /** Why the score is what it is. */
  public Score comment(@Nullable String comment) {
    this.comment = comment;
    return this;
  }

  /** Anything else worth keeping, recorded as JSON; a map becomes the entries of the metadata. */
  public Score metadata(@Nullable Object metadata) {
    this.metadata = metadata;
    return this;
  }

  /** The score config on the server that the value must follow. */
  public Score configId(@Nullable String configId) {
    this.configId = configId;
    return this;
  }

  /** Replaces the environment of what is scored, or else of the client. */
  public Score environment(@Nullable String environment) {
    this.environment = environment;
    return this;
  }

  /** When it was scored; now if it is not said. */
  public Score timestamp(@Nullable Instant timestamp) {
    this.timestamp = timestamp;
    return this;
  }

  @Nullable String traceId() {
    return traceId;
  }

  @Nullable Object metadata() {
    return metadata;
  }

  /** Refuses what no server would take, in words for whoever wrote the call. */
  Score check() {
    if (name == null || name.isBlank()) {
      throw refused("its name is " + shown(name), "a name that is not empty", "call name(...)");
    }
    checkValue();
    checkTarget();
    return this;
  }

  private void checkValue() {
    Double given = number;
    if (dataType == null || given == null && words == null) {
      throw refused(
          "it has no value", "a number, a boolean or a text", "call value(...) or text(...)");
    }
    if (given != null && !Double.isFinite(given)) {
      throw refused(
          "its value is " + given,
          "a finite number",
          "leave the score out where there is nothing to measure, or say so with text(...)");
    }
    if (words != null && words.isEmpty()) {
      throw refused("its value is empty", "at least one character", "leave the score out");
    }
    if (words != null && dataType.equals("TEXT") && words.length() > LONGEST_TEXT) {
      throw refused(
          "its text has " + words.length() + " characters",
          "at most " + LONGEST_TEXT,
          "shorten it, or put the long text into comment(...)");
    }
  }

  private void checkTarget() {
    int targets = given(traceId) + given(sessionId) + given(datasetRunId);
    if (targets != 1 || given(observationId) == 1 && given(traceId) == 0) {
      throw refused(
          String.format(
              Locale.ROOT,
              "it is about trace %s, observation %s, session %s and dataset run %s",
              shown(traceId),
              shown(observationId),
              shown(sessionId),
              shown(datasetRunId)),
          "exactly one of traceId (with or without observationId), sessionId and datasetRunId",
          "give one of them");
    }
    if (dataType != null && dataType.equals("CORRECTION") && configId != null) {
      throw refused("it is a correction with a config", "no config", "leave configId(...) out");
    }
  }

  private static int given(@Nullable String id) {
    return id == null || id.isBlank() ? 0 : 1;
  }

  private static String shown(@Nullable String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  private IllegalArgumentException refused(String given, String expected, String change) {
    String which = name == null || name.isBlank() ? "A score" : "The score '" + name + "'";
    return new IllegalArgumentException(
        which + " cannot be sent: " + given + ", expected " + expected + "; " + change + ".");
  }

  /** The score as it is queued; checked before. */
  QueuedScore queued(@Nullable String metadataJson, @Nullable String defaultEnvironment) {
    return new QueuedScore(
        IdGenerator.random().generateTraceId(),
        id == null || id.isEmpty() ? IdGenerator.random().generateSpanId() : id,
        present(traceId),
        present(observationId),
        present(sessionId),
        present(datasetRunId),
        String.valueOf(name),
        String.valueOf(dataType),
        number,
        words,
        comment,
        metadataJson,
        configId,
        environment == null ? defaultEnvironment : environment,
        timestamp == null ? Instant.now() : timestamp);
  }

  private static @Nullable String present(@Nullable String id) {
    return given(id) == 0 ? null : id;
  }
}
