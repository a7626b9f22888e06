package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces LangChain4j. AI services need nothing: with this library on the class path, every service
 * that {@code AiServices} builds is observed, with its model calls, tools, retrieval and
 * guardrails. What is used without a service is wrapped:
 *
 * <pre>{@code
 * ChatModel model = LangfuseLangChain4j.wrap(OpenAiChatModel.builder()…build());
 * }</pre>
 *
 * <p>A wrapped object does what the object does: same results, streams, threads and exceptions.
 * Calls that two layers see, for example a wrapped model in a service, are recorded once.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("overloads") // a lambda says by a cast what it is
public final class LangfuseLangChain4j {

  private LangfuseLangChain4j() {}

  /** Traces {@code model} with {@link Langfuse#get()}. A model that is wrapped stays as it is. */
  public static ChatModel wrap(ChatModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code model} with {@link Langfuse#get()}. A model that is wrapped stays as it is. */
  public static StreamingChatModel wrap(StreamingChatModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code model} with {@link Langfuse#get()}. */
  public static EmbeddingModel wrap(EmbeddingModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code model} with {@link Langfuse#get()}. */
  public static ImageModel wrap(ImageModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code model}, which ranks retrieved texts, with {@link Langfuse#get()}. */
  public static ScoringModel wrap(ScoringModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code model} with {@link Langfuse#get()}. */
  public static ModerationModel wrap(ModerationModel model) {
    return defaults().wrap(model);
  }

  /** Traces {@code retriever} with {@link Langfuse#get()}, documents and scores included. */
  public static ContentRetriever wrap(ContentRetriever retriever) {
    return defaults().wrap(retriever);
  }

  /** Traces {@code augmentor} with {@link Langfuse#get()}. Those of AI services are anyway. */
  public static RetrievalAugmentor wrap(RetrievalAugmentor augmentor) {
    return defaults().wrap(augmentor);
  }

  /**
   * For the {@code listeners} of a model's builder, where {@link #wrap(ChatModel)} is no option. It
   * knows no time to first token, and nothing of a stream that is cancelled or cut.
   */
  public static ChatModelListener chatModelListener() {
    return defaults().chatModelListener();
  }

  /** For {@code EmbeddingModel.addListener}. */
  public static EmbeddingModelListener embeddingModelListener() {
    return defaults().embeddingModelListener();
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseLangChain4jBuilder builder(Langfuse langfuse) {
    return new LangfuseLangChain4jBuilder(() -> langfuse);
  }

  /**
   * Names the model calls inside, adds metadata, or links them to a prompt:
   *
   * <pre>{@code
   * String answer =
   *     LangfuseLangChain4j.with(o -> o.prompt(prompt), () -> assistant.summarise(text));
   * }</pre>
   */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }

  /**
   * The messages of a prompt, with images, audio, files and tool calls; placeholders that were not
   * filled are left out.
   *
   * @throws IllegalArgumentException if LangChain4j has no such role or part; says which
   */
  public static List<ChatMessage> messages(CompiledChat prompt) {
    return PromptMessages.of(prompt);
  }

  /** A text prompt as the message of a user. */
  public static List<ChatMessage> messages(CompiledText prompt) {
    return PromptMessages.of(prompt.asChat());
  }

  private static LangfuseLangChain4jBuilder defaults() {
    return new LangfuseLangChain4jBuilder(Langfuse::get);
  }
}
