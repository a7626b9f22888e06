package io.langfuse4j.instrumentation.openai;

import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import io.langfuse4j.instrumentation.StreamedMessages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A streamed chat completion. Chunks without choices are normal: the one with the usage, and the
 * first one from Azure. Read field by field and not as JSON, because there are many.
 */
final class StreamedChat implements StreamedAnswer<Object> {

  /** Where providers that imitate OpenAI put what the model thinks. */
  private static final List<String> REASONING = List.of("reasoning_content", "reasoning");

  private final boolean hidesUsage;
  private final StreamedMessages messages = new StreamedMessages();
  private volatile @Nullable String id;
  private volatile @Nullable String model;
  private volatile @Nullable String serviceTier;
  private volatile @Nullable Object usage;

  StreamedChat(boolean hidesUsage) {
    this.hidesUsage = hidesUsage;
  }

  @Override
  public void add(Object item) {
    if (!(item instanceof ChatCompletionChunk chunk)) {
      return;
    }
    id = or(Json.known(chunk._id()), id);
    model = or(Json.known(chunk._model()), model);
    serviceTier = or(text(Json.known(chunk._serviceTier())), serviceTier);
    Object reported = Json.known(chunk._usage());
    usage = reported == null ? usage : reported;
    List<Choice> choices = Json.known(chunk._choices());
    if (choices != null) {
      choices.forEach(this::add);
    }
  }

  private void add(Choice choice) {
    Long index = Json.known(choice._index());
    StreamedMessages.Message message = messages.message(index == null ? 0 : index);
    message.finishReason(text(Json.known(choice._finishReason())));
    Choice.Delta delta = Json.known(choice._delta());
    if (delta == null) {
      return;
    }
    message
        .role(text(Json.known(delta._role())))
        .text("content", Json.known(delta._content()))
        .text("refusal", Json.known(delta._refusal()));
    addReasoning(message, delta);
    List<Choice.Delta.ToolCall> toolCalls = Json.known(delta._toolCalls());
    if (toolCalls != null) {
      toolCalls.forEach(call -> add(message, call));
    }
    addFunctionCall(message, delta);
  }

  @SuppressWarnings("deprecation") // its successor is not in older versions
  private static void addReasoning(StreamedMessages.Message message, Choice.Delta delta) {
    Map<String, JsonValue> more = delta._additionalProperties();
    if (!more.isEmpty()) {
      REASONING.forEach(key -> message.text(key, Json.text(more, key)));
    }
  }

  private static void add(StreamedMessages.Message message, Choice.Delta.ToolCall call) {
    Choice.Delta.ToolCall.Function function = Json.known(call._function());
    message.toolCall(
        Json.known(call._index()),
        Json.known(call._id()),
        text(Json.known(call._type())),
        function == null ? null : Json.known(function._name()),
        function == null ? null : Json.known(function._arguments()));
  }

  @SuppressWarnings("deprecation") // still sent by some
  private static void addFunctionCall(StreamedMessages.Message message, Choice.Delta delta) {
    Choice.Delta.FunctionCall call = Json.known(delta._functionCall());
    if (call != null) {
      message.functionCall(Json.known(call._name()), Json.known(call._arguments()));
    }
  }

  @Override
  public boolean isHidden(Object item) {
    if (!hidesUsage || !(item instanceof ChatCompletionChunk chunk)) {
      return false;
    }
    List<Choice> choices = Json.known(chunk._choices());
    return choices != null && choices.isEmpty() && Json.known(chunk._usage()) != null;
  }

  @Override
  public void describe(ModelResponse response) {
    response.model(model).parameter("service_tier", serviceTier).metadata("response_id", id);
    if (usage != null) {
      response.usage(Json.map(usage));
    }
    messages.finishReasons(response);
    response.output(messages.output());
  }

  private static @Nullable String or(@Nullable String value, @Nullable String before) {
    return value == null ? before : value;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
