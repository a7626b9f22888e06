package io.langfuse4j.internal.masking;

import java.util.List;
import java.util.Set;

/**
 * Where instrumentations put what went into a step and what came out: the keys that Langfuse's
 * server and the official SDKs read as input and output (langfuse-python 4.14.3, export-stage
 * media), and those of libraries of the JVM.
 *
 * @param keys whole keys
 * @param prefixes beginnings of keys
 * @param events names of events that are one message each
 */
record ContentKeys(Set<String> keys, List<String> prefixes, Set<String> events) {

  static final ContentKeys INPUT =
      new ContentKeys(
          Set.of(
              "langfuse.observation.input",
              "langfuse.trace.input",
              "ai.prompt",
              "ai.prompt.messages",
              "ai.toolCall.args",
              "db.vector.query.content",
              "gcp.vertex.agent.data",
              "gcp.vertex.agent.llm_request",
              "gcp.vertex.agent.tool_call_args",
              "gen_ai.input.messages",
              "gen_ai.system_instructions",
              "gen_ai.tool.call.arguments",
              "genkit:input",
              "input",
              "input.value",
              "lk.chat_ctx",
              "lk.input_text",
              "lk.user_input",
              "lk.user_transcript",
              "mlflow.spanInputs",
              "prompt",
              "pydantic_ai.all_messages",
              "spring.ai.tool.call.arguments",
              "tool_arguments",
              "traceloop.entity.input"),
          List.of("gen_ai.prompt", "llm.input_messages", "llm.prompts", "embedding.embeddings"),
          Set.of(
              "gen_ai.system.message",
              "gen_ai.user.message",
              "gen_ai.assistant.message",
              "gen_ai.tool.message"));

  static final ContentKeys OUTPUT =
      new ContentKeys(
          Set.of(
              "langfuse.observation.output",
              "langfuse.trace.output",
              "ai.response.object",
              "ai.response.text",
              "ai.response.toolCalls",
              "ai.result.object",
              "ai.result.text",
              "ai.result.toolCalls",
              "ai.toolCall.result",
              "all_messages_events",
              "final_result",
              "gcp.vertex.agent.llm_response",
              "gcp.vertex.agent.tool_response",
              "gen_ai.output.messages",
              "gen_ai.tool.call.result",
              "genkit:output",
              "lk.function_tool.output",
              "lk.response.text",
              "mlflow.spanOutputs",
              "output",
              "output.value",
              "spring.ai.tool.call.result",
              "tool_response",
              "traceloop.entity.output"),
          List.of(
              "gen_ai.completion",
              "llm.output_messages",
              "reranker.output_documents",
              "retrieval.documents",
              "spring.ai.vectorstore.query.response.documents"),
          Set.of("gen_ai.choice"));

  boolean contains(String key) {
    return keys.contains(key) || prefixes.stream().anyMatch(key::startsWith);
  }

  /** Whether an event of this name is one message. */
  boolean isEvent(String name) {
    return events.contains(name);
  }
}
