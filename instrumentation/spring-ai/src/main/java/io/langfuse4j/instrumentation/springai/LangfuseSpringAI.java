package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.messages.Message;

/**
 * Traces Spring AI with content. The Spring Boot starter registers this by itself; without it:
 *
 * <pre>{@code
 * ObservationRegistry registry = ObservationRegistry.create();
 * registry.observationConfig().observationHandler(LangfuseSpringAI.observationHandler());
 * }</pre>
 *
 * <p>Chat clients, advisors, models, tools and vector stores that use the registry then become
 * observations. No tracing bridge is needed, and one that is there keeps making its own spans.
 */
public final class LangfuseSpringAI {

  private LangfuseSpringAI() {}

  /** Observes with {@link Langfuse#get()}. Thread-safe. */
  public static ObservationHandler<Observation.Context> observationHandler() {
    return observationHandler(Langfuse::get);
  }

  /** Observes with {@code langfuse}. Thread-safe. */
  public static ObservationHandler<Observation.Context> observationHandler(Langfuse langfuse) {
    return observationHandler(() -> langfuse);
  }

  /** Observes with a client that is asked for at each observation. Thread-safe. */
  public static ObservationHandler<Observation.Context> observationHandler(
      Supplier<Langfuse> langfuse) {
    return new SpringAiHandler(langfuse);
  }

  /**
   * For the default advisors of chat clients, beside the handler: learns when the first token of a
   * stream came, and what had come of one that is cancelled. Spring AI itself tells its observers
   * only of whole answers. Thread-safe.
   */
  public static StreamAdvisor streamAdvisor() {
    return new FirstTokenAdvisor();
  }

  /** Names the model calls inside, adds metadata, or links them to a prompt. */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }

  /**
   * The messages of a prompt, with images, audio, files and tool calls; placeholders that were not
   * filled are left out.
   *
   * @throws IllegalArgumentException if Spring AI has no such role or part; says which
   */
  public static List<Message> messages(CompiledChat prompt) {
    return PromptMessages.of(prompt);
  }

  /** A text prompt as the message of a user. */
  public static List<Message> messages(CompiledText prompt) {
    return PromptMessages.of(prompt.asChat());
  }
}
