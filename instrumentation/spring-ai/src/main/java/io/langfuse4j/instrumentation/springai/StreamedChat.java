package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedMessages;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** What came of a stream, for when it does not come to its end. Thread-safe. */
final class StreamedChat {

  private final StreamedMessages messages = new StreamedMessages();

  void add(ChatResponse chunk) {
    for (Generation generation : chunk.getResults()) {
      StreamedMessages.Message message = messages.message(0);
      String text = generation.getOutput().getText();
      if (text != null && !text.isEmpty()) {
        message.text("content", text);
      }
      long index = 0;
      for (ToolCall call : generation.getOutput().getToolCalls()) {
        message.toolCall(index++, call.id(), call.type(), call.name(), call.arguments());
      }
    }
  }

  boolean hasBegun() {
    return messages.output() != null;
  }

  void describe(ModelResponse response) {
    response.output(messages.output());
  }
}
