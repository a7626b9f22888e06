package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.langfuse4j.instrumentation.testing.TracedTest;
import org.junit.jupiter.api.Test;

/** What the contract of other calls leaves to say of models that do not chat. */
class OtherModelsTest extends TracedTest {

  private final LangfuseLangChain4jBuilder builder = LangfuseLangChain4j.builder(langfuse);

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
