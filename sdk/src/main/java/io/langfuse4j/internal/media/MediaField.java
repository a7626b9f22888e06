package io.langfuse4j.internal.media;

import java.util.List;
import java.util.Set;

/**
 * Which part of an observation an attribute becomes, by the names that tracing libraries give it.
 * As in the Python SDK's export stage.
 */
final class MediaField {

  private static final Set<String> INPUT =
      Set.of(
          "langfuse.trace.input",
          "langfuse.observation.input",
          "ai.prompt.messages",
          "ai.prompt",
          "ai.toolCall.args",
          "gcp.vertex.agent.llm_request",
          "gcp.vertex.agent.tool_call_args",
          "prompt",
          "lk.input_text",
          "lk.user_transcript",
          "lk.chat_ctx",
          "lk.user_input",
          "mlflow.spanInputs",
          "traceloop.entity.input",
          "input.value",
          "pydantic_ai.all_messages",
          "gen_ai.system_instructions",
          "input",
          "gen_ai.input.messages",
          "gen_ai.tool.call.arguments",
          "genkit:input",
          "tool_arguments");

  private static final Set<String> OUTPUT =
      Set.of(
          "langfuse.trace.output",
          "langfuse.observation.output",
          "ai.response.text",
          "ai.result.text",
          "ai.toolCall.result",
          "ai.response.object",
          "ai.result.object",
          "ai.response.toolCalls",
          "ai.result.toolCalls",
          "gcp.vertex.agent.llm_response",
          "gcp.vertex.agent.tool_response",
          "all_messages_events",
          "lk.function_tool.output",
          "lk.response.text",
          "mlflow.spanOutputs",
          "traceloop.entity.output",
          "output.value",
          "final_result",
          "output",
          "gen_ai.output.messages",
          "gen_ai.tool.call.result",
          "genkit:output",
          "tool_response");

  private static final List<String> INPUT_PREFIXES = List.of("gen_ai.prompt", "llm.input_messages");
  private static final List<String> OUTPUT_PREFIXES =
      List.of("gen_ai.completion", "llm.output_messages");

  private MediaField() {}

  static String of(String attribute) {
    if (INPUT.contains(attribute) || startsWithAny(attribute, INPUT_PREFIXES)) {
      return "input";
    }
    return OUTPUT.contains(attribute) || startsWithAny(attribute, OUTPUT_PREFIXES)
        ? "output"
        : "metadata";
  }

  private static boolean startsWithAny(String attribute, List<String> prefixes) {
    return prefixes.stream().anyMatch(attribute::startsWith);
  }
}
