package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import io.langfuse4j.instrumentation.StreamedMessages;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. The library puts it together itself; the pieces are for streams that do not
 * get that far. Thread-safe.
 */
final class StreamedChat implements StreamedAnswer<Object> {

  private final StreamedMessages messages = new StreamedMessages();
  private final Set<Integer> begunCalls = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ChatResponse whole;

  @Override
  public void add(Object item) {
    StreamedMessages.Message message = messages.message(0);
    if (item instanceof ChatResponse response) {
      whole = response;
    } else if (item instanceof String text) {
      message.text("content", text);
    } else if (item instanceof PartialResponse text) {
      message.text("content", text.text());
    } else if (item instanceof PartialThinking thinking) {
      message.text("reasoning_content", thinking.text());
    } else if (item instanceof PartialToolCall call) {
      begunCalls.add(call.index());
      message.toolCall(
          (long) call.index(), call.id(), "function", call.name(), call.partialArguments());
    } else if (item instanceof CompleteToolCall call && begunCalls.add(call.index())) {
      ToolExecutionRequest request = call.toolExecutionRequest();
      message.toolCall(
          (long) call.index(), request.id(), "function", request.name(), request.arguments());
    }
  }

  /** What came so far, if anything. */
  @Nullable Object received() {
    return messages.output();
  }

  @Override
  public void describe(ModelResponse response) {
    ChatResponse complete = whole;
    if (complete == null) {
      response.output(received());
    } else {
      ChatReader.response(response, complete);
    }
  }
}
