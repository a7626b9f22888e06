package io.langfuse4j;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ten kinds of observation. Each constant knows the class that goes with it, so that the
 * compiler offers {@code model} and {@code usage} on a {@link #GENERATION} and refuses them on a
 * {@link #SPAN}.
 *
 * @param <O> the class of such observations
 */
public final class ObservationType<O extends LangfuseObservation<O>> {

  public static final ObservationType<LangfuseSpan> SPAN =
      new ObservationType<>("SPAN", LangfuseSpan::new);
  public static final ObservationType<LangfuseGeneration> GENERATION =
      new ObservationType<>("GENERATION", LangfuseGeneration::new);
  public static final ObservationType<LangfuseEvent> EVENT =
      new ObservationType<>("EVENT", LangfuseEvent::new);
  public static final ObservationType<LangfuseEmbedding> EMBEDDING =
      new ObservationType<>("EMBEDDING", LangfuseEmbedding::new);
  public static final ObservationType<LangfuseAgent> AGENT =
      new ObservationType<>("AGENT", LangfuseAgent::new);
  public static final ObservationType<LangfuseTool> TOOL =
      new ObservationType<>("TOOL", LangfuseTool::new);
  public static final ObservationType<LangfuseChain> CHAIN =
      new ObservationType<>("CHAIN", LangfuseChain::new);
  public static final ObservationType<LangfuseRetriever> RETRIEVER =
      new ObservationType<>("RETRIEVER", LangfuseRetriever::new);
  public static final ObservationType<LangfuseEvaluator> EVALUATOR =
      new ObservationType<>("EVALUATOR", LangfuseEvaluator::new);
  public static final ObservationType<LangfuseGuardrail> GUARDRAIL =
      new ObservationType<>("GUARDRAIL", LangfuseGuardrail::new);

  private static final List<ObservationType<?>> VALUES =
      List.of(
          SPAN, GENERATION, EVENT, EMBEDDING, AGENT, TOOL, CHAIN, RETRIEVER, EVALUATOR, GUARDRAIL);

  private final String name;
  private final String wireName;
  private final Function<Started, O> constructor;
  private volatile @Nullable O noop;

  private ObservationType(String name, Function<Started, O> constructor) {
    this.name = name;
    this.wireName = name.toLowerCase(Locale.ROOT);
    this.constructor = constructor;
  }

  /** All ten. */
  public static List<ObservationType<?>> values() {
    return VALUES;
  }

  /** For example {@code GENERATION}. */
  public String name() {
    return name;
  }

  /** The value of {@code langfuse.observation.type}: the name in lower case. */
  public String wireName() {
    return wireName;
  }

  O create(Started started) {
    return constructor.apply(started);
  }

  /** The one observation of this type that does nothing. */
  O noop() {
    O existing = noop;
    if (existing == null) {
      // A lost race makes a second one, which does nothing just as well.
      existing = constructor.apply(Started.NOOP);
      noop = existing;
    }
    return existing;
  }

  @Override
  public String toString() {
    return name;
  }
}
