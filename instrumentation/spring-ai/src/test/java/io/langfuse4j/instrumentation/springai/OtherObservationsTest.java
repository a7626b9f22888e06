package io.langfuse4j.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.ImageModelObservationContext;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/** What Spring AI tells its observers beside chats. */
@Integrates(
    library = "spring-ai",
    operation = "EmbeddingModel",
    way = "observation handler",
    without = {
      "TOOL_CALL: not a chat",
      "TRANSPORT_ERROR: to an observer, all errors are alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
@Integrates(
    library = "spring-ai",
    operation = "ImageModel",
    way = "observation handler",
    without = {
      "TOOL_CALL: not a chat",
      "TRANSPORT_ERROR: to an observer, all errors are alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
@Integrates(
    library = "spring-ai",
    operation = "VectorStore",
    way = "observation handler",
    without = {
      "TOOL_CALL: not a chat",
      "TRANSPORT_ERROR: to an observer, all errors are alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class OtherObservationsTest extends TracedTest {

  private final ObservationRegistry registry = ChatModelTest.registry(langfuse);

  private Observation observation(Observation.Context context) {
    return Observation.createNotStarted("test", () -> context, registry);
  }

  @Test
  @Shows(value = Outcome.OK, operation = "EmbeddingModel")
  void embedding_recordsTextsAndSizesButNoVectors() {
    EmbeddingModelObservationContext context =
        EmbeddingModelObservationContext.builder()
            .provider("openai")
            .embeddingRequest(
                new EmbeddingRequest(
                    List.of("one", "two"),
                    EmbeddingOptions.builder().model("text-embedding-3-small").build()))
            .build();

    observation(context)
        .observe(
            () ->
                context.setResponse(
                    new EmbeddingResponse(
                        List.of(
                            new Embedding(new float[] {1, 2, 3}, 0),
                            new Embedding(new float[] {1, 2, 3}, 1)))));

    assertThat(theSpan().name()).isEqualTo("embed");
    assertThat(fields(theSpan()))
        .isEqualTo(
            Map.of(
                "type", "embedding",
                "model.name", "text-embedding-3-small",
                "input", List.of("one", "two"),
                "output", Map.of("dimensions", 3, "count", 2),
                "metadata.provider", "openai"));
  }

  @Test
  @Shows(value = Outcome.OK, operation = "ImageModel")
  void image_isRecordedAsMedia() {
    ImageModelObservationContext context =
        ImageModelObservationContext.builder()
            .provider("openai")
            .imagePrompt(
                new ImagePrompt("a lamp", ImageOptionsBuilder.builder().model("dall-e-3").build()))
            .build();

    observation(context)
        .observe(
            () ->
                context.setResponse(
                    new ImageResponse(
                        List.of(new ImageGeneration(new Image(null, "iVBORw0KGgo="))))));

    assertThat(fields(theSpan()))
        .containsEntry("model.name", "dall-e-3")
        .containsEntry("input", "a lamp");
    assertThat((String) theSpan().observation("output")).contains("image_url");
  }

  @Test
  @Shows(value = Outcome.OK, operation = "VectorStore")
  void search_isARetrieverWithDocumentsAndScores() {
    VectorStoreObservationContext context =
        VectorStoreObservationContext.builder("simple", "query")
            .queryRequest(SearchRequest.builder().query("returns").topK(2).build())
            .build();

    observation(context)
        .observe(
            () ->
                context.setQueryResponse(
                    List.of(
                        Document.builder()
                            .id("1")
                            .text("Within 30 days.")
                            .metadata(Map.of("title", "Returns"))
                            .score(0.75)
                            .build())));

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("vector-store.query");
    assertThat(fields(span))
        .containsEntry("type", "retriever")
        .containsEntry("input", "returns")
        .containsEntry("metadata.top_k", 2L)
        .containsEntry(
            "output",
            List.of(
                Map.of(
                    "id",
                    "1",
                    "content",
                    "Within 30 days.",
                    "metadata",
                    Map.of("title", "Returns"),
                    "score",
                    0.75)));
  }

  @Test
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "EmbeddingModel")
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "ImageModel")
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "VectorStore")
  void whatFails_isAnErrorAndThrowsTheSame() {
    IllegalStateException failure = new IllegalStateException("Slow down.");
    List<Observation.Context> contexts =
        List.of(
            EmbeddingModelObservationContext.builder()
                .provider("openai")
                .embeddingRequest(
                    new EmbeddingRequest(List.of("one"), EmbeddingOptions.builder().build()))
                .build(),
            ImageModelObservationContext.builder()
                .provider("openai")
                .imagePrompt(new ImagePrompt("one", ImageOptionsBuilder.builder().build()))
                .build(),
            VectorStoreObservationContext.builder("simple", "query")
                .queryRequest(SearchRequest.builder().query("one").build())
                .build());

    for (Observation.Context context : contexts) {
      assertThat(
              catchThrowable(
                  () ->
                      observation(context)
                          .observe(
                              () -> {
                                throw failure;
                              })))
          .isSameAs(failure);
    }

    assertThat(sent())
        .hasSize(3)
        .allSatisfy(
            span -> {
              assertThat(fields(span))
                  .containsEntry("level", "ERROR")
                  .containsEntry("status_message", "Slow down.")
                  .doesNotContainKey("output");
              assertThat(String.valueOf(fields(span).get("input"))).contains("one");
            });
  }

  @Test
  void layerBelowAModel_isNotObservedAgain() {
    ChatModelObservationContext context =
        ChatModelObservationContext.builder()
            .provider("openai")
            .prompt(new Prompt("Hello?"))
            .build();

    observation(context)
        .observe(
            () -> {
              assertThat(ModelCall.start(langfuse, "below", ObservationType.GENERATION).isActive())
                  .isFalse();
              context.setResponse(
                  new ChatResponse(List.of(new Generation(new AssistantMessage("Hello Ada.")))));
            });

    assertThat(theSpan().name()).isEqualTo("chat");
  }

  @Test
  void observationsOfOthers_areNotTouched() {
    Observation.createNotStarted("http", registry).observe(() -> {});

    assertThat(sent()).isEmpty();
  }
}
