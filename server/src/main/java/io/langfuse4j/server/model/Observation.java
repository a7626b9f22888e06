package io.langfuse4j.server.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One observation, complete: every field is kept for every type, so a span that names a model or
 * counts tokens does not lose them. Which of them a reader shows is the reader's business.
 *
 * @param root it has no parent, or said that it is a root
 * @param appRoot it said that it is where the application's own work begins
 */
public record Observation(
    Identity identity,
    ObservationType type,
    String name,
    Timing timing,
    Level level,
    @Nullable String statusMessage,
    String environment,
    @Nullable String version,
    @Nullable String release,
    Content content,
    ModelCall modelCall,
    TraceAttributes traceAttributes,
    Tools tools,
    @Nullable Experiment experiment,
    Source source,
    boolean root,
    boolean appRoot) {

  public Observation withModelCall(ModelCall call) {
    return new Observation(
        identity,
        type,
        name,
        timing,
        level,
        statusMessage,
        environment,
        version,
        release,
        content,
        call,
        traceAttributes,
        tools,
        experiment,
        source,
        root,
        appRoot);
  }

  public String traceId() {
    return identity.traceId();
  }

  public String id() {
    return identity.id();
  }

  public @Nullable String parentId() {
    return identity.parentId();
  }

  /** Ids as they were sent: no length, no alphabet. */
  public record Identity(String traceId, String id, @Nullable String parentId) {}

  /**
   * When it ran, in whole milliseconds.
   *
   * @param endTime null while it is still running
   * @param completionStartTime when the first token arrived
   */
  public record Timing(
      Instant startTime, @Nullable Instant endTime, @Nullable Instant completionStartTime) {}

  /**
   * What went in and came out.
   *
   * @param input a string as it was sent; anything else as JSON text
   * @param output likewise
   * @param metadata JSON object text: the sender's keys beside {@code attributes}, {@code
   *     resourceAttributes} and {@code scope}; strings as they were sent, JSON or not
   * @param flatMetadata JSON object text of dot paths to strings, the form that v2 reads return
   */
  public record Content(
      @Nullable String input, @Nullable String output, String metadata, String flatMetadata) {
    public static final Content EMPTY = new Content(null, null, "{}", "{}");
  }

  /**
   * What a model was asked and what it used.
   *
   * @param modelParameters JSON object text
   * @param usage units by usage type, with {@code total} whenever there is any; empty if not given
   * @param cost US dollars by usage type as given by the sender; empty if not given
   */
  public record ModelCall(
      @Nullable String model,
      String modelParameters,
      Map<String, Long> usage,
      Map<String, BigDecimal> cost,
      @Nullable String promptName,
      @Nullable Integer promptVersion) {
    public static final ModelCall NONE = new ModelCall(null, "{}", Map.of(), Map.of(), null, null);

    public ModelCall {
      usage = Ordered.copyOf(usage);
      cost = Ordered.copyOf(cost);
    }
  }

  /**
   * The trace's attributes as this span carried them.
   *
   * @param isPublic null if the span did not say
   */
  public record TraceAttributes(
      @Nullable String name,
      @Nullable String userId,
      @Nullable String sessionId,
      List<String> tags,
      @Nullable Boolean isPublic) {
    public static final TraceAttributes NONE =
        new TraceAttributes(null, null, null, List.of(), null);

    public TraceAttributes {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Tools offered to the model and tools it called.
   *
   * @param definitions JSON text of description and parameters, by tool name
   */
  public record Tools(Map<String, String> definitions, List<ToolCall> calls) {
    public static final Tools NONE = new Tools(Map.of(), List.of());

    public Tools {
      definitions = Ordered.copyOf(definitions);
      calls = List.copyOf(calls);
    }
  }

  /**
   * One call that a model asked for.
   *
   * @param call JSON text of id, arguments, type and index
   */
  public record ToolCall(String name, String call) {}

  /** The experiment run and dataset item that this observation belongs to. */
  public record Experiment(
      @Nullable String id,
      @Nullable String name,
      @Nullable String description,
      Map<String, String> metadata,
      @Nullable String datasetId,
      @Nullable String itemId,
      @Nullable Instant itemVersion,
      @Nullable String itemExpectedOutput,
      Map<String, String> itemMetadata,
      @Nullable String itemRootObservationId) {
    public Experiment {
      metadata = Ordered.copyOf(metadata);
      itemMetadata = Ordered.copyOf(itemMetadata);
    }
  }

  /** Who sent it. */
  public record Source(
      @Nullable String serviceName,
      @Nullable String serviceVersion,
      @Nullable String scopeName,
      @Nullable String scopeVersion,
      @Nullable String sdkLanguage,
      @Nullable String sdkName,
      @Nullable String sdkVersion) {
    public static final Source UNKNOWN = new Source(null, null, null, null, null, null, null);
  }
}
