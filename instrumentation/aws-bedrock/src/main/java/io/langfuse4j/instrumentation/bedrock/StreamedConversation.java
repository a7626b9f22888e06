package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** A streamed conversation, put together from its events. The usage comes after the last word. */
final class StreamedConversation implements StreamedAnswer<Object> {

  private final Object lock = new Object();
  private final Map<Long, Block> blocks = new TreeMap<>();
  private final Map<String, Object> answer = new LinkedHashMap<>();

  @Override
  public void add(Object item) {
    if (!(item instanceof ConverseStreamOutput event && item instanceof SdkPojo model)) {
      return;
    }
    Map<String, Object> fields = Models.map(model);
    synchronized (lock) {
      switch (event.sdkEventType()) {
        case CONTENT_BLOCK_START -> block(fields).start(Fields.map(fields.get("start")));
        case CONTENT_BLOCK_DELTA -> block(fields).add(Fields.map(fields.get("delta")));
        case MESSAGE_STOP, METADATA -> answer.putAll(fields);
        default -> {}
      }
    }
  }

  private Block block(Map<String, Object> event) {
    return blocks.computeIfAbsent(
        Fields.number(event.get("contentBlockIndex")), index -> new Block());
  }

  @Override
  public void describe(ModelResponse response) {
    synchronized (lock) {
      List<Map<String, Object>> content = new ArrayList<>();
      blocks.values().forEach(block -> content.add(block.asMap()));
      Converse.describe(response, answer, content);
    }
  }

  /** A block of the content: what it is, and the pieces that came. */
  private static final class Block {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private final Map<String, Object> start = new LinkedHashMap<>();

    void start(Map<String, Object> given) {
      start.putAll(given);
    }

    void add(Map<String, Object> delta) {
      append(text, delta.get("text"));
      append(input, Fields.map(delta.get("toolUse")).get("input"));
      append(reasoning, Fields.map(delta.get("reasoningContent")).get("text"));
    }

    private static void append(StringBuilder to, @Nullable Object piece) {
      if (piece instanceof String string) {
        to.append(string);
      }
    }

    Map<String, Object> asMap() {
      if (start.get("toolUse") instanceof Map<?, ?>) {
        Map<String, Object> toolUse = new LinkedHashMap<>(Fields.map(start.get("toolUse")));
        toolUse.put("input", input.toString());
        return Map.of("toolUse", toolUse);
      }
      if (!reasoning.isEmpty()) {
        return Map.of(
            "reasoningContent", Map.of("reasoningText", Map.of("text", reasoning.toString())));
      }
      return text.isEmpty() ? start : Map.of("text", text.toString());
    }
  }
}
