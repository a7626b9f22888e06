package io.langfuse4j.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import io.langfuse4j.testing.Requirement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code client.messages().createStreaming(..)}. */
@Integrates(library = "anthropic-java", operation = "messages, streamed")
class StreamMessageTest extends StreamedChatContract {

  @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
  private StreamResponse<RawMessageStreamEvent> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseAnthropic.builder(langfuse)
        .wrap(held(AnthropicChat.client(url)))
        .messages()
        .createStreaming(AnthropicChat.params(withTools));
  }

  static String textOf(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(text -> text.text())
        .orElse("");
  }

  @Override
  protected ChatDialect dialect() {
    return new AnthropicWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    try (StreamResponse<RawMessageStreamEvent> stream = call(langfuse, url, withTools)) {
      return stream.stream().map(StreamMessageTest::textOf).collect(Collectors.joining());
    }
  }

  @Override
  protected void readAndClose(Langfuse langfuse) {
    try (StreamResponse<RawMessageStreamEvent> stream = call(langfuse, provider.url(), false)) {
      assertThat(stream.stream().anyMatch(event -> textOf(event).equals("Hello"))).isTrue();
    }
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    Iterator<RawMessageStreamEvent> events =
        call(langfuse, provider.url(), false).stream().iterator();
    while (!textOf(events.next()).equals("Hello")) {
      // On to the first piece of text.
    }
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return AnthropicChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return AnthropicIoException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return AnthropicIoException.class;
  }

  @Test
  @Requirement("R4")
  void thinkingTextAndTool_inOneStream_areKeptApart() {
    List<String> events = new ArrayList<>();
    events.add(AnthropicWire.start());
    events.add(
        AnthropicWire.blockStart(
            0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
    events.add(AnthropicWire.delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Rain\"}"));
    events.add(AnthropicWire.delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"?\"}"));
    events.add(AnthropicWire.delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"));
    events.add(AnthropicWire.blockStop(0));
    events.add(AnthropicWire.blockStart(1, AnthropicWire.text("")));
    events.add(AnthropicWire.textDelta(1, "Let me see."));
    events.add(AnthropicWire.blockStop(1));
    events.add(
        AnthropicWire.blockStart(
            2, "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}"));
    events.add(AnthropicWire.jsonDelta(2, "{\\\"city\\\":\\\"Paris\\\"}"));
    events.add(AnthropicWire.blockStop(2));
    events.addAll(AnthropicWire.end("tool_use"));
    provider.events(events);

    ask(langfuse, provider.url(), true);

    assertThat(fields(theSpan()).get("output"))
        .isEqualTo(
            Map.of(
                "role", "assistant",
                "content", "Let me see.",
                "reasoning_content", "Rain?",
                "tool_calls",
                    List.of(
                        Map.of(
                            "id", "call_1",
                            "type", "function",
                            "function",
                                Map.of("name", "weather", "arguments", "{\"city\":\"Paris\"}")))));
  }
}
