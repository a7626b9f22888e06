package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.TOOL;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseTool;
import io.langfuse4j.instrumentation.Accessors;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

/** Tools, with the id of the call that asked for them. */
final class ToolReader extends StepReader<ToolCallingObservationContext> {

  ToolReader() {
    super(ToolCallingObservationContext.class);
  }

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    ToolCallingObservationContext call = cast(context);
    LangfuseTool tool = langfuse.startObservation(call.getToolDefinition().name(), TOOL);
    tool.input(call.getToolCallArguments()).metadata("tool_call_id", id(call, parent));
    return Step.of(tool, parent);
  }

  /** Spring AI 2 says; before, the last answer of the model is looked through. */
  private static @Nullable Object id(ToolCallingObservationContext call, @Nullable Step parent) {
    if (Accessors.read(call, "getToolCallId") instanceof String id && !id.isEmpty()) {
      return id;
    }
    if (parent != null) {
      for (ToolCall asked : parent.conversation().toolCalls) {
        if (asked.name().equals(call.getToolDefinition().name())
            && call.getToolCallArguments().equals(asked.arguments())) {
          return asked.id();
        }
      }
    }
    return null;
  }

  @Override
  @Nullable Object output(ToolCallingObservationContext context) {
    return context.getToolCallResult();
  }
}
