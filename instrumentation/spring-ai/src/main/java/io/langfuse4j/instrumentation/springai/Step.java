package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.instrumentation.ModelCall;
import io.micrometer.observation.Observation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

/**
 * What is kept of an observation of Spring AI while it lasts: where children belong, and what they
 * tell each other through it. Thread-safe.
 */
final class Step {

  /** The innermost step that is current. */
  private static final ContextKey<Step> KEY = ContextKey.named("langfuse.spring-ai-step");

  final @Nullable LangfuseObservation<?> observation;
  final @Nullable ModelCall call;
  final @Nullable Step parent;
  private final Context context;

  /** The model call below that is being made, and the tools that the last one asked for. */
  volatile @Nullable Step modelCall;

  volatile List<ToolCall> toolCalls = List.of();

  /** How what the conversation's model streams is read; null if nobody listens. */
  volatile @Nullable StreamReading reading;

  volatile @Nullable StreamedChat stream;

  private Step(
      @Nullable LangfuseObservation<?> observation,
      @Nullable ModelCall call,
      @Nullable Step parent,
      Context context) {
    this.observation = observation;
    this.call = call;
    this.parent = parent;
    this.context = context.with(KEY, this);
  }

  /** One that is not an observation of its own; what is below belongs to what is above. */
  static Step transparent(@Nullable Step parent, Context context) {
    return new Step(null, null, parent, context);
  }

  @SuppressWarnings("try") // made current only to learn the context
  static Step of(LangfuseObservation<?> observation, @Nullable Step parent) {
    try (Scope scope = observation.makeCurrent()) {
      return new Step(observation, null, parent, Context.current());
    }
  }

  @SuppressWarnings("try") // made current only to learn the context
  static Step of(ModelCall call, @Nullable Step parent) {
    try (Scope scope = call.makeCurrent()) {
      return new Step(null, call, parent, Context.current());
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  Scope makeCurrent() {
    return context.makeCurrent();
  }

  /**
   * The step of the observation, or of the nearest above it that is one of Spring AI's. Not a model
   * call: what seems to be inside one comes after it, because Spring AI 1 runs the tools that a
   * stream asks for, and the next call, as part of the stream.
   */
  static @Nullable Step nearest(Observation.@Nullable ContextView observation) {
    Observation.ContextView at = observation;
    while (at != null) {
      Step step = at.get(Step.class);
      if (step != null && step.call == null) {
        return step;
      }
      at = at.getParentObservation() == null ? null : at.getParentObservation().getContextView();
    }
    return null;
  }

  /**
   * Where a child of {@code parent} belongs: what is current, if that is inside the parent, for
   * example in a tool; else the parent, because a stream goes on where nothing is current.
   */
  static Context contextBelow(@Nullable Step parent) {
    Context current = Context.current();
    return parent == null || current.get(KEY) == parent ? current : parent.context;
  }

  /** The step that the calls of models below, and of the tools they ask for, have in common. */
  Step conversation() {
    Step at = this;
    while (at.parent != null && at.observation == null && at.call == null) {
      at = at.parent;
    }
    return at;
  }
}
