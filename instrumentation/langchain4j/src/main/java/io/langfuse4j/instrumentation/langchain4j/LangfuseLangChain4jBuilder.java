package io.langfuse4j.instrumentation.langchain4j;

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
import io.langfuse4j.instrumentation.ModelCallOptions;
import java.util.function.Supplier;

/** Settings of what is wrapped. Not thread-safe; later changes do not affect what it wrapped. */
@SuppressWarnings("overloads") // a lambda says by a cast what it is
public final class LangfuseLangChain4jBuilder {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options = new ModelCallOptions();

  LangfuseLangChain4jBuilder(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  /** Name of the observations of models. Default: by kind, such as {@code chat}. */
  public LangfuseLangChain4jBuilder name(String name) {
    options.name(name);
    return this;
  }

  /** Metadata of every observation of a model. */
  public LangfuseLangChain4jBuilder metadata(String key, Object value) {
    options.metadata(key, value);
    return this;
  }

  /** Links every observation of a model to a version of a prompt. */
  public LangfuseLangChain4jBuilder prompt(String name, int version) {
    options.prompt(name, version);
    return this;
  }

  /** Traces {@code model}. A model that is wrapped stays as it is. */
  public ChatModel wrap(ChatModel model) {
    return model instanceof ObservedChatModel ? model : new ObservedChatModel(model, tracing());
  }

  /** Traces {@code model}. A model that is wrapped stays as it is. */
  public StreamingChatModel wrap(StreamingChatModel model) {
    return model instanceof ObservedStreamingModel
        ? model
        : new ObservedStreamingModel(model, tracing());
  }

  /** Traces {@code model}. */
  public EmbeddingModel wrap(EmbeddingModel model) {
    return model.addListener(embeddingModelListener());
  }

  /** Traces {@code model}. */
  public ImageModel wrap(ImageModel model) {
    return Models.image(model, tracing());
  }

  /** Traces {@code model}, which ranks retrieved texts. */
  public ScoringModel wrap(ScoringModel model) {
    return Models.scoring(model, tracing());
  }

  /** Traces {@code model}. */
  public ModerationModel wrap(ModerationModel model) {
    return Models.moderation(model, tracing());
  }

  /** Traces {@code retriever}. A retriever that is wrapped stays as it is. */
  public ContentRetriever wrap(ContentRetriever retriever) {
    return retriever instanceof ObservedRetriever
        ? retriever
        : new ObservedRetriever(retriever, langfuse);
  }

  /** Traces {@code augmentor}. An augmentor that is wrapped stays as it is. */
  public RetrievalAugmentor wrap(RetrievalAugmentor augmentor) {
    return augmentor instanceof ObservedAugmentor
        ? augmentor
        : new ObservedAugmentor(augmentor, langfuse);
  }

  /** For the {@code listeners} of a model's builder; see {@link LangfuseLangChain4j}. */
  public ChatModelListener chatModelListener() {
    return new ChatListener(tracing());
  }

  /** For {@code EmbeddingModel.addListener}. */
  public EmbeddingModelListener embeddingModelListener() {
    return new EmbeddingListener(tracing());
  }

  private Calls tracing() {
    return new Calls(langfuse, new ModelCallOptions().add(options));
  }
}
