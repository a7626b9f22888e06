package io.langfuse4j.instrumentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answers of a chat together from the pieces in which they are streamed. The result looks
 * as if it had come in one piece, and can be asked for at any time, because streams are cut.
 *
 * <p>Thread-safe: an answer may be closed on one thread while it arrives on another.
 */
public final class StreamedMessages {

  private final Object lock = new Object();
  private final Map<Long, Message> messages = new TreeMap<>();

  /** The answer with that number; most calls have only the one numbered 0. */
  public Message message(long index) {
    synchronized (lock) {
      return messages.computeIfAbsent(index, i -> new Message());
    }
  }

  /** One message, or a list if there are several answers; null if nothing was received. */
  public @Nullable Object output() {
    synchronized (lock) {
      List<Map<String, Object>> all = new ArrayList<>();
      messages.values().stream()
          .filter(message -> !message.isEmpty())
          .forEach(message -> all.add(message.asMap()));
      return Messages.oneOrAll(all);
    }
  }

  /** Tells {@code response} why each answer stopped. */
  public void finishReasons(ModelResponse response) {
    synchronized (lock) {
      messages.values().forEach(message -> response.finishReason(message.finishReason));
    }
  }

  /** One answer. Each method adds a piece; null adds nothing. */
  public final class Message {

    private @Nullable String role;
    private @Nullable String finishReason;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<Long, ToolCall> toolCalls = new TreeMap<>();
    private final Map<String, Object> functionCall = new LinkedHashMap<>();
    private final StringBuilder functionArguments = new StringBuilder();

    Message() {}

    public Message role(@Nullable String value) {
      synchronized (lock) {
        role = value == null ? role : value;
      }
      return this;
    }

    /**
     * Adds to a text of the message: {@code content}, {@code refusal}, or one of the provider's.
     */
    public Message text(String key, @Nullable String piece) {
      if (piece != null) {
        synchronized (lock) {
          texts.computeIfAbsent(key, k -> new StringBuilder()).append(piece);
        }
      }
      return this;
    }

    public Message finishReason(@Nullable String reason) {
      synchronized (lock) {
        finishReason = reason == null ? finishReason : reason;
      }
      return this;
    }

    /** The older form of a single tool call. */
    public Message functionCall(@Nullable String name, @Nullable String arguments) {
      synchronized (lock) {
        functionCall.putIfAbsent("name", name == null ? "" : name);
        if (name != null && "".equals(functionCall.get("name"))) {
          functionCall.put("name", name);
        }
        append(functionArguments, arguments);
      }
      return this;
    }

    /**
     * Adds to one of the tool calls, which may come interleaved.
     *
     * @param index null means the last one
     */
    public Message toolCall(
        @Nullable Long index,
        @Nullable String id,
        @Nullable String type,
        @Nullable String name,
        @Nullable String arguments) {
      synchronized (lock) {
        long position = index != null ? index : Math.max(0, toolCalls.size() - 1L);
        ToolCall call = toolCalls.computeIfAbsent(position, p -> new ToolCall());
        call.id = id == null ? call.id : id;
        call.type = type == null ? call.type : type;
        call.name = call.name == null ? name : call.name;
        append(call.arguments, arguments);
      }
      return this;
    }

    private boolean isEmpty() {
      return role == null && texts.isEmpty() && toolCalls.isEmpty() && functionCall.isEmpty();
    }

    private Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("role", role == null ? "assistant" : role);
      texts.forEach((key, text) -> putText(map, key, text));
      if (!toolCalls.isEmpty()) {
        map.put("tool_calls", toolCalls.values().stream().map(ToolCall::asMap).toList());
      }
      if (!functionCall.isEmpty()) {
        Map<String, Object> call = new LinkedHashMap<>(functionCall);
        call.put("arguments", functionArguments.toString());
        map.put("function_call", call);
      }
      return map;
    }

    /** Providers start a stream with an empty text also where only tools are called. */
    private void putText(Map<String, Object> map, String key, StringBuilder text) {
      boolean onlyOutput = toolCalls.isEmpty() && functionCall.isEmpty() && texts.size() == 1;
      if (text.length() > 0 || onlyOutput) {
        map.put(key, text.toString());
      }
    }
  }

  private static void append(StringBuilder text, @Nullable String piece) {
    if (piece != null) {
      text.append(piece);
    }
  }

  private static final class ToolCall {

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String name;
    private final StringBuilder arguments = new StringBuilder();

    Map<String, Object> asMap() {
      Map<String, Object> map =
          Messages.toolCall(id, name == null ? "" : name, arguments.toString());
      if (type != null) {
        map.put("type", type);
      }
      return map;
    }
  }
}
