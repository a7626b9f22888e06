package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Models that do not chat. */
class OtherModelsTest extends TracedTest {

  private final LangfuseLangChain4jBuilder builder = LangfuseLangChain4j.builder(langfuse);

  private EmbeddingModel embeddings() {
    return builder.wrap(
        (EmbeddingModel)
            OpenAiEmbeddingModel.builder()
                .apiKey("sk-test")
                .baseUrl(provider.url())
                .modelName("text-embedding-3-small")
                .maxRetries(0)
                .build());
  }

  @Test
  @Requirement({"R2", "R5"})
  void embedding_recordsTextsAndSizesButNoVectors() {
    provider.json(
        200,
        """
        {"object":"list","model":"text-embedding-3-small","data":[
          {"object":"embedding","index":0,"embedding":[0.5,0.25,0.125]},
          {"object":"embedding","index":1,"embedding":[0.5,0.25,0.125]}],
         "usage":{"prompt_tokens":7,"total_tokens":7}}\
        """);

    embeddings().embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));

    assertThat(theSpan().name()).isEqualTo("embed");
    assertThat(fields(theSpan()))
        .containsEntry("type", "embedding")
        .containsEntry("model.name", "text-embedding-3-small")
        .containsEntry("input", List.of("one", "two"))
        .containsEntry("output", Map.of("dimensions", 3, "count", 2));
    assertThat((Map<?, ?>) fields(theSpan()).get("usage_details")).extracting("input").isEqualTo(7);
  }

  @Test
  @Requirement("R6")
  void embeddingThatIsRefused_isAnError() {
    provider.json(400, "{\"error\":{\"message\":\"Too long.\"}}");

    assertThat(catchThrowable(() -> embeddings().embed("one"))).isNotNull();

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("metadata.http_status", 400L);
  }

  @Test
  void scores_areRecordedWithQuestionAndTexts() {
    ScoringModel model =
        builder.wrap(
            (ScoringModel) (texts, query) -> Response.from(List.of(0.5), new TokenUsage(4, 0)));

    assertThat(model.score("a text", "a question").content()).isEqualTo(0.5);

    assertThat(fields(theSpan()))
        .containsEntry("input", List.of("a text", "a question"))
        .containsEntry("output", 0.5);
  }

  @Test
  void image_isRecordedAsMedia() {
    ImageModel model =
        builder.wrap(
            (ImageModel)
                prompt ->
                    Response.from(
                        Image.builder().base64Data("iVBORw0KGgo=").mimeType("image/png").build()));

    model.generate("a lamp");

    assertThat(theSpan().name()).isEqualTo("image");
    assertThat(theSpan().observation("input")).isEqualTo("a lamp");
    assertThat((String) theSpan().observation("output")).contains("image_url");
  }

  @Test
  void moderation_isRecordedWithItsVerdict() {
    ModerationModel flagsAll =
        (ModerationModel)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ModerationModel.class},
                (proxy, method, args) -> Response.from(Moderation.flagged("rude")));

    builder.wrap(flagsAll).moderate("rude");

    assertThat(fields(theSpan()))
        .containsEntry("input", "rude")
        .containsEntry("output", Map.of("flagged", true, "flagged_text", "rude"));
  }

  @Test
  void library_isTheVersionUnderTest() {
    assertThat(EmbeddingModel.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains(System.getProperty("expected.langchain4j", ""));
  }

  @Test
  void modelThatThrows_isRecordedAndThrowsTheSame() {
    IllegalStateException failure = new IllegalStateException("no ink");
    ImageModel model =
        builder.wrap(
            (ImageModel)
                prompt -> {
                  throw failure;
                });

    assertThat(catchThrowable(() -> model.generate("a lamp"))).isSameAs(failure);

    assertThat(theSpan().observation("status_message")).isEqualTo("no ink");
  }
}
