package io.langfuse4j.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** {@code invokeModel} and its streaming form, with the bodies of the makers of models. */
@Requirement({"R2", "R3", "R4", "R5"})
class InvokeModelTest extends TracedTest {

  private RecordedSpan invoked(String model, String request, String answer) {
    provider.json(200, answer);
    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.client(provider.url())))
        .invokeModel(r -> r.modelId(model).body(SdkBytes.fromUtf8String(request)));
    return theSpan();
  }

  private static Map<String, Object> usage(int input, int output) {
    return Map.of("input", input, "output", output, "total", input + output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          amazon.titan-text-express-v1 | {"inputText":"Hello?","textGenerationConfig":{"temperature":0.2}} | {"inputTextTokenCount":3,"results":[{"tokenCount":4,"outputText":"Hello Ada.","completionReason":"FINISH"}]} | FINISH
          meta.llama3-8b-instruct-v1:0 | {"prompt":"Hello?","temperature":0.2} | {"generation":"Hello Ada.","prompt_token_count":3,"generation_token_count":4,"stop_reason":"stop"} | stop
          """)
  void textModels_areRead(String model, String request, String answer, String reason) {
    Map<String, Object> fields = fields(invoked(model, request, answer));

    assertThat(fields)
        .containsEntry("model.name", model)
        .containsEntry("input", "Hello?")
        .containsEntry("model.parameters", Map.of("temperature", 0.2))
        .containsEntry("output", "Hello Ada.")
        .containsEntry("usage_details", usage(3, 4))
        .containsEntry("metadata.finish_reason", reason);
  }

  @Test
  void mistral_isRead() {
    Map<String, Object> fields =
        fields(
            invoked(
                "mistral.mistral-7b-instruct-v0:2",
                "{\"prompt\":\"Hello?\",\"max_tokens\":50}",
                "{\"outputs\":[{\"text\":\"Hello Ada.\",\"stop_reason\":\"stop\"}]}"));

    assertThat(fields)
        .containsEntry("output", "Hello Ada.")
        .containsEntry("metadata.finish_reason", "stop")
        .doesNotContainKey("usage_details");
  }

  @Test
  void claude_isReadWithItsCache() {
    Map<String, Object> fields =
        fields(
            invoked(
                "anthropic.claude-3-haiku-20240307-v1:0",
                "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":50,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}",
                "{\"id\":\"msg_1\",\"model\":\"claude-3-haiku\",\"role\":\"assistant\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hello Ada.\"}],"
                    + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,"
                    + "\"output_tokens\":4,\"cache_read_input_tokens\":5}}"));

    assertThat(fields)
        .containsEntry("input", List.of(Map.of("role", "user", "content", "Hello?")))
        .containsEntry(
            "output",
            Map.of(
                "role",
                "assistant",
                "content",
                List.of(Map.of("type", "text", "text", "Hello Ada."))))
        .containsEntry(
            "usage_details", Map.of("input", 3, "output", 4, "input_cached_tokens", 5, "total", 12))
        .containsEntry("metadata.response_id", "msg_1");
  }

  @Test
  void nova_isRead() {
    Map<String, Object> fields =
        fields(
            invoked(
                "amazon.nova-lite-v1:0",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello?\"}]}],"
                    + "\"inferenceConfig\":{\"maxTokens\":50}}",
                BedrockWire.conversation("{\"text\":\"Hello Ada.\"}", "end_turn")));

    assertThat(fields)
        .containsEntry("model.parameters", Map.of("maxTokens", 50))
        .containsEntry(
            "output", Map.of("role", "assistant", "content", List.of(Map.of("text", "Hello Ada."))))
        .containsEntry("metadata.finish_reason", "end_turn");
  }

  @Test
  void embedding_isAnEmbeddingWithoutItsVector() {
    RecordedSpan span =
        invoked(
            "amazon.titan-embed-text-v2:0",
            "{\"inputText\":\"Hello\",\"dimensions\":256}",
            "{\"embedding\":[0.1,0.2],\"inputTextTokenCount\":3}");

    assertThat(span.name()).isEqualTo("Bedrock-embedding");
    assertThat(fields(span))
        .containsEntry("type", "embedding")
        .containsEntry("input", "Hello")
        .containsEntry("output", Map.of("dimensions", 2, "count", 1))
        .containsEntry("usage_details", usage(3, 0));
  }

  @Test
  void unknownShape_isRecordedWhole() {
    Map<String, Object> fields =
        fields(invoked("maker.novelty-v1", "{\"riddle\":\"?\"}", "{\"answer\":42}"));

    assertThat(fields)
        .containsEntry("input", Map.of("riddle", "?"))
        .containsEntry("output", Map.of("answer", 42));
  }

  @Test
  void streamOfClaude_isPutTogether() {
    stream(
        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-3-haiku\","
            + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\" Ada.\"}}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":4}}");

    assertThat(fields(theSpan()))
        .containsEntry("model.name", "claude-3-haiku")
        .containsEntry("output", Map.of("role", "assistant", "content", "Hello Ada."))
        .containsEntry("usage_details", usage(3, 4))
        .containsEntry("metadata.finish_reason", "end_turn");
  }

  @Test
  void streamOfLlama_isPutTogether() {
    stream(
        "{\"generation\":\"Hello\"}",
        "{\"generation\":\" Ada.\",\"stop_reason\":\"stop\","
            + "\"amazon-bedrock-invocationMetrics\":"
            + "{\"inputTokenCount\":3,\"outputTokenCount\":4}}");

    assertThat(fields(theSpan()))
        .containsEntry("output", Map.of("role", "assistant", "content", "Hello Ada."))
        .containsEntry("usage_details", usage(3, 4))
        .containsEntry("metadata.finish_reason", "stop");
  }

  private void stream(String... chunks) {
    List<byte[]> events = new ArrayList<>();
    for (String chunk : chunks) {
      String bytes = Base64.getEncoder().encodeToString(chunk.getBytes(StandardCharsets.UTF_8));
      events.add(BedrockWire.event("chunk", "{\"bytes\":\"" + bytes + "\"}"));
    }
    provider.bytes(BedrockWire.STREAM, BedrockWire.joined(events));
    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.asyncClient(provider.url())))
        .invokeModelWithResponseStream(
            r -> r.modelId("some.model").body(SdkBytes.fromUtf8String("{\"prompt\":\"Hello?\"}")),
            InvokeModelWithResponseStreamResponseHandler.builder().subscriber(e -> {}).build())
        .join();
  }
}
