package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.models.images.ImageEditParams;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the contract of other calls leaves to say. */
@Requirement({"R2", "R3", "R4"})
class OperationsTest extends TracedTest {

  private OpenAIClient client() {
    return LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(provider.url())));
  }

  @Test
  void editedImage_namesTheFileAndLeavesItToTheLibrary() {
    provider.json(200, "{\"created\":1,\"data\":[{\"url\":\"https://images.test/1.png\"}]}");

    client()
        .images()
        .edit(
            ImageEditParams.builder()
                .model("dall-e-2")
                .image(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .prompt("Add a hat")
                .build());

    assertThat(provider.requests().get(0).body()).contains((byte) 1, (byte) 2, (byte) 3);
    RecordedSpan span = theSpan();
    assertThat(fields(span).get("input").toString()).contains("prompt=Add a hat", "image=<file");
    assertThat(fields(span).get("output")).isEqualTo(Map.of("url", "https://images.test/1.png"));
  }

  @Test
  void whatIsNotTraced_isPassedOn() {
    provider.json(
        200, "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1,\"owned_by\":\"openai\"}");

    assertThat(client().models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");

    assertThat(sent()).isEmpty();
  }
}
