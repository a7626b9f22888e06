package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.responses.ResponseCompactParams;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;

/** Calls that the oldest version of the library has not; its profile leaves this class out. */
class NewerCallsTest {

  @Nested
  @Integrates(library = "openai-java", operation = "images, streamed")
  class StreamedImages extends OtherCallsTest.OpenAIStream {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
    StreamResponse<ImageGenStreamEvent> open(OpenAIClient client) {
      return client
          .images()
          .generateStreaming(
              ImageGenerateParams.builder().model("gpt-image-1").prompt("A cat").build());
    }

    @Override
    List<String> events() {
      return List.of(
          "event: image_generation.partial_image\n"
              + "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"QQ==\","
              + "\"partial_image_index\":0,\"output_format\":\"webp\"}\n\n",
          "event: image_generation.completed\n"
              + "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"QUJD\","
              + "\"output_format\":\"webp\",\"usage\":{\"input_tokens\":50,\"output_tokens\":90,"
              + "\"total_tokens\":140,\"input_tokens_details\":{\"text_tokens\":10,"
              + "\"image_tokens\":40}}}\n\n");
    }

    @Override
    protected Object firstPiece() {
      return Map.of("image", "data:image/webp;base64,QQ==");
    }

    @Override
    protected String observationName() {
      return "OpenAI-image";
    }

    @Override
    protected Map<String, Object> answered() {
      return OtherCallsTest.CAT;
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "responses compact")
  class CompactedResponses extends OtherCallsTest.OpenAICall {

    private final ResponseCompactParams params =
        ResponseCompactParams.builder().model("gpt-5").input("A long conversation.").build();

    @Override
    void callWith(OpenAIClient client) {
      client.responses().compact(params);
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().responses().compact(params);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"id\":\"resp_1\",\"object\":\"response.compaction\",\"created_at\":1,"
              + "\"output\":[{\"id\":\"cmp_1\",\"type\":\"compaction\","
              + "\"encrypted_content\":\"gAAAA\"}],"
              + "\"usage\":{\"input_tokens\":30,\"output_tokens\":12,\"total_tokens\":42,"
              + "\"input_tokens_details\":{\"cached_tokens\":10},"
              + "\"output_tokens_details\":{\"reasoning_tokens\":0}}}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "gpt-5",
          "input", "A long conversation.",
          "output", Map.of("id", "cmp_1", "type", "compaction", "encrypted_content", "gAAAA"),
          "metadata.response_id", "resp_1",
          "usage_details",
              Map.of("input", 20, "input_cached_tokens", 10, "output", 12, "total", 42));
    }
  }
}
