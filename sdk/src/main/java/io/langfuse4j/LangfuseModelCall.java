package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.prompt.Prompt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An observation of a model at work: what {@link LangfuseGeneration} and {@link LangfuseEmbedding}
 * have beyond the rest.
 *
 * @param <O> the observation type itself, for chaining
 */
public abstract sealed class LangfuseModelCall<O extends LangfuseModelCall<O>>
    extends LangfuseObservation<O> permits LangfuseGeneration, LangfuseEmbedding {

  LangfuseModelCall(Started started) {
    super(started);
  }

  /** Name of the model as the provider spells it; the server finds prices by it. */
  public final O model(@Nullable String model) {
    return set(LangfuseAttributes.OBSERVATION_MODEL, model);
  }

  /** Temperature, maximal tokens and the like. Replaces what was set before. */
  public final O modelParameters(@Nullable Map<String, ?> parameters) {
    return json(LangfuseAttributes.OBSERVATION_MODEL_PARAMETERS, parameters);
  }

  /**
   * Units used, by bucket; replaces what was set before. Any names are accepted, also a provider's
   * own such as {@code input_tokens}. Whole numbers of any kind.
   */
  public final O usage(@Nullable Map<String, ? extends Number> details) {
    return json(LangfuseAttributes.OBSERVATION_USAGE_DETAILS, details);
  }

  /**
   * Units used, for example {@code usage(u -> u.input(10).output(5))}. {@code details} is not
   * called while nothing is recorded.
   */
  public final O usage(Consumer<Usage> details) {
    if (!isRecording()) {
      return self();
    }
    Usage usage = new Usage();
    details.accept(usage);
    return usage(usage.details());
  }

  /** Cost in US dollars by bucket; given costs keep the server from computing its own. */
  public final O cost(@Nullable Map<String, ? extends Number> details) {
    return json(LangfuseAttributes.OBSERVATION_COST_DETAILS, details);
  }

  /** Total cost in US dollars. */
  public final O cost(@Nullable BigDecimal total) {
    return total == null || !isRecording() ? self() : cost(Map.of("total", total));
  }

  /** When the first part of the answer arrived; shown as time to first token. */
  public final O completionStartTime(@Nullable Instant time) {
    // Quoted, as the official SDKs send it.
    return json(LangfuseAttributes.OBSERVATION_COMPLETION_START_TIME, time);
  }

  /** Links the call to the prompt that it was made with; a fallback is not linked. */
  public final O prompt(@Nullable Prompt prompt) {
    return prompt == null || prompt.isFallback() ? self() : prompt(prompt.name(), prompt.version());
  }

  /** Links the call to a version of a prompt in Langfuse's prompt management. */
  public final O prompt(@Nullable String name, int version) {
    if (name != null && isRecording()) {
      span().setAttribute(LangfuseAttributes.OBSERVATION_PROMPT_NAME, name);
      span().setAttribute(LangfuseAttributes.OBSERVATION_PROMPT_VERSION, (long) version);
    }
    return self();
  }
}
