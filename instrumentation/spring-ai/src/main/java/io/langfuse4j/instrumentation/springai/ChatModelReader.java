package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.Accessors;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** Chats. */
final class ChatModelReader extends ModelReader<ChatModelObservationContext> {

  /** Options that some models have beside those of all, and their names on the wire. */
  private static final Map<String, String> PROVIDERS_OWN =
      Map.of(
          "getMaxCompletionTokens", "max_completion_tokens",
          "getSeed", "seed",
          "getServiceTier", "service_tier",
          "getReasoningEffort", "reasoning_effort",
          "getN", "n");

  /** What had been used up to an answer that asked for tools. */
  private final Map<AssistantMessage, Usage> usageUntil =
      Collections.synchronizedMap(new WeakHashMap<>());

  ChatModelReader() {
    super(ChatModelObservationContext.class, "chat", GENERATION);
  }

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    endStreamThatAskedForTools(context);
    Step step = super.start(langfuse, context, parent);
    StreamedChat stream = new StreamedChat();
    step.stream = stream;
    if (step.call != null) {
      step.call.partialResponse(stream::describe);
      // Spring AI 2 calls the provider's client where nothing is current when it streams.
      step.call.announce("org.springframework.ai.");
    }
    for (Step above = parent; above != null; above = above.parent) {
      above.modelCall = step;
    }
    return step;
  }

  /**
   * A call inside the stream of another is the one after its tools, in Spring AI 1, which tells its
   * observers nothing more of the first than what comes at the very end. What the first answered is
   * among the messages.
   */
  private static void endStreamThatAskedForTools(Observation.Context context) {
    ObservationView above = context.getParentObservation();
    Step first = above == null ? null : above.getContextView().get(Step.class);
    if (first == null || first.call == null) {
      return;
    }
    Prompt prompt = ((ChatModelObservationContext) context).getRequest();
    for (int i = prompt.getInstructions().size() - 1; i >= 0; i--) {
      if (prompt.getInstructions().get(i) instanceof AssistantMessage answer) {
        first.call.succeed(
            response ->
                response
                    .output(ChatMessages.all(List.of(answer)).get(0))
                    .finishReason("tool_calls"));
        return;
      }
    }
  }

  @Override
  void describe(ModelRequest request, ChatModelObservationContext context) {
    Prompt prompt = context.getRequest();
    ChatOptions options = prompt.getOptions();
    request.input(input(prompt));
    if (options == null) {
      return;
    }
    request
        .model(options.getModel())
        .parameter("temperature", options.getTemperature())
        .parameter("top_p", options.getTopP())
        .parameter("top_k", options.getTopK())
        .parameter("frequency_penalty", options.getFrequencyPenalty())
        .parameter("presence_penalty", options.getPresencePenalty())
        .parameter("max_tokens", options.getMaxTokens())
        .parameter("stop", nullIfEmpty(options.getStopSequences()));
    PROVIDERS_OWN.forEach(
        (accessor, name) -> request.parameter(name, plain(Accessors.read(options, accessor))));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
  }

  private static @Nullable List<String> nullIfEmpty(@Nullable List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  /** The messages, or a map if tools go with them. */
  private static Object input(Prompt prompt) {
    List<Map<String, Object>> messages = ChatMessages.all(prompt.getInstructions());
    List<Map<String, Object>> tools = Tools.of(prompt.getOptions());
    if (tools.isEmpty()) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", tools);
    all.put("messages", messages);
    return all;
  }

  /** Spring AI 2 says whether it streams; before, it does if something came. */
  @Override
  boolean isUnfinished(ChatModelObservationContext context, Step step) {
    StreamedChat stream = step.stream;
    return Boolean.TRUE.equals(Accessors.read(context, "isStreaming"))
        || stream != null && stream.hasBegun();
  }

  @Override
  void describe(ModelResponse description, ChatModelObservationContext context, Step step) {
    ChatResponse response = context.getResponse();
    if (response == null) {
      return;
    }
    description
        .model(response.getMetadata().getModel())
        .output(ChatMessages.answer(response))
        .metadata("response_id", nullIfBlank(response.getMetadata().getId()))
        .usageBuckets(TokenCounts.of(alone(response, context.getRequest())));
    for (Generation generation : response.getResults()) {
      description.finishReason(ChatMessages.finishReason(generation));
    }
    List<ToolCall> toolCalls =
        response.getResults().stream()
            .flatMap(generation -> generation.getOutput().getToolCalls().stream())
            .toList();
    for (Step above = step.parent; above != null; above = above.parent) {
      above.toolCalls = toolCalls;
    }
  }

  /**
   * What this call alone used. Models of Spring AI 1 that run tools themselves report with each
   * answer what all calls since the question have used.
   */
  private @Nullable Usage alone(ChatResponse response, Prompt prompt) {
    Usage usage = response.getMetadata().getUsage();
    if (usage == null) {
      return null;
    }
    for (Generation generation : response.getResults()) {
      if (generation.getOutput().hasToolCalls()) {
        usageUntil.put(generation.getOutput(), usage);
      }
    }
    Usage before = null;
    for (Message message : prompt.getInstructions()) {
      if (message instanceof AssistantMessage answer) {
        before = usageUntil.getOrDefault(answer, before);
      }
    }
    return before == null ? usage : TokenCounts.difference(usage, before);
  }

  private static @Nullable String nullIfBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
