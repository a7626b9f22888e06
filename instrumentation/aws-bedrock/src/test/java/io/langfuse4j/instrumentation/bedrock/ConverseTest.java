package io.langfuse4j.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.Requirement;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** {@code client.converse(..)}. */
@Integrates(
    library = "bedrockruntime",
    operation = "converse",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class ConverseTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new BedrockWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return BedrockChat.textOf(
        LangfuseBedrock.builder(langfuse)
            .wrap(held(BedrockChat.client(url)))
            .converse(BedrockChat.request(withTools)));
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return BedrockChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return SdkClientException.class;
  }

  @Test
  void requestAsLambda_isTracedOnce() {
    answer(ChatReply.TEXT);
    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.client(provider.url())))
        .converse(r -> r.modelId(BedrockWire.MODEL).messages(BedrockChat.question(false)));

    assertThat(theSpan().observation("output").toString()).contains("Hello Ada.");
  }

  @Test
  @Requirement({"R3", "R4"})
  void conversationWithImageAndTool_isReadableInput() {
    answer(ChatReply.TEXT);
    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.client(provider.url())))
        .converse(
            r ->
                r.modelId(BedrockWire.MODEL)
                    .messages(
                        message(
                            ConversationRole.USER,
                            ContentBlock.fromImage(
                                i ->
                                    i.format("png")
                                        .source(s -> s.bytes(SdkBytes.fromByteArray(new byte[3])))),
                            ContentBlock.fromText("What is it?")),
                        message(
                            ConversationRole.ASSISTANT,
                            ContentBlock.fromToolUse(
                                t ->
                                    t.toolUseId("t1")
                                        .name("weather")
                                        .input(
                                            Document.mapBuilder()
                                                .putString("city", "Paris")
                                                .build()))),
                        message(
                            ConversationRole.USER,
                            ContentBlock.fromToolResult(
                                t ->
                                    t.toolUseId("t1")
                                        .content(ToolResultContentBlock.fromText("Rain"))))));

    assertThat(fields(theSpan()).get("input"))
        .isEqualTo(
            StubProvider.parsed(
                """
                [{"role":"user","content":[
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
                   {"type":"text","text":"What is it?"}]},
                 {"role":"assistant","tool_calls":[
                   {"id":"t1","type":"function",
                    "function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                 {"role":"tool","tool_call_id":"t1","content":"Rain"}]
                """));
  }

  private static Message message(ConversationRole role, ContentBlock... content) {
    return Message.builder().role(role).content(content).build();
  }
}
