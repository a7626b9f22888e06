package io.langfuse4j.server.mapping;

import static io.langfuse4j.server.mapping.Source.present;
import static io.langfuse4j.server.mapping.Source.resource;
import static io.langfuse4j.server.mapping.Source.truthy;
import static io.langfuse4j.server.mapping.Source.truthyResource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attribute feeds which field: the one table of simple sources. */
final class FieldSources {
  static final Chain NAME =
      Chain.of(
          truthy("gen_ai.tool.name"),
          present("genkit:name"),
          truthy("logfire.msg"),
          present("ai.toolCall.name"),
          FieldSources::vercelOperation,
          span -> TextNode.valueOf(span.name()));

  static final Chain TRACE_NAME = Chain.of(present("langfuse.trace.name"));

  static final Chain ENVIRONMENT =
      Chain.of(
          truthy("langfuse.environment"),
          truthyResource("langfuse.environment"),
          truthy("deployment.environment.name"),
          truthyResource("deployment.environment.name"),
          truthy("deployment.environment"),
          truthyResource("deployment.environment"));

  static final Chain VERSION = Chain.of(present("langfuse.version"), resource("service.version"));

  static final Chain RELEASE = Chain.of(present("langfuse.release"), resource("langfuse.release"));

  static final Chain USER_ID =
      Chain.of(
          truthy("langfuse.user.id"),
          truthy("user.id"),
          truthy("langfuse.observation.metadata.langfuse_user_id"),
          truthy("langfuse.trace.metadata.langfuse_user_id"),
          truthy("ai.telemetry.metadata.userId"));

  static final Chain SESSION_ID =
      Chain.of(
          truthy("langfuse.session.id"),
          truthy("session.id"),
          truthy("gen_ai.conversation.id"),
          truthy("langfuse.observation.metadata.langfuse_session_id"),
          truthy("langfuse.trace.metadata.langfuse_session_id"),
          truthy("ai.telemetry.metadata.sessionId"));

  static final Chain PUBLIC =
      Chain.of(present("langfuse.trace.public"), present("langfuse.public"));

  static final Chain TAGS =
      Chain.of(
          truthy("langfuse.trace.tags"),
          truthy("langfuse.tags"),
          truthy("langfuse.observation.metadata.langfuse_tags"),
          truthy("langfuse.trace.metadata.langfuse_tags"),
          truthy("ai.telemetry.metadata.tags"),
          present("tag.tags"));

  static final Chain STATUS_MESSAGE =
      Chain.of(
          present("langfuse.observation.status_message"),
          span -> span.statusMessage() == null ? null : TextNode.valueOf(span.statusMessage()));

  static final Chain MODEL =
      Chain.of(
          truthy("langfuse.observation.model.name"),
          truthy("gen_ai.response.model"),
          truthy("ai.model.id"),
          truthy("gen_ai.request.model"),
          truthy("llm.response.model"),
          truthy("llm.model_name"),
          truthy("model"),
          FieldSources::genkitModel);

  static final Chain PROMPT_NAME =
      Chain.of(
          present("langfuse.observation.prompt.name"),
          present("langfuse.prompt.name"),
          span -> vercelPrompt(span, "name"));

  static final Chain PROMPT_VERSION =
      Chain.of(
          present("langfuse.observation.prompt.version"),
          present("langfuse.prompt.version"),
          span -> vercelPrompt(span, "version"));

  static final Chain MILLIS_TO_FIRST_CHUNK =
      Chain.of(present("ai.response.msToFirstChunk"), present("ai.stream.msToFirstChunk"));

  /** Their children make the calls: model and usage on them would be counted twice. */
  private static final Set<String> SUMMARISING_OPERATIONS = Set.of("invoke_agent", "agent_step");

  private FieldSources() {}

  static boolean isSummary(OtlpSpan span) {
    String operation = span.attributes().text("gen_ai.operation.name");
    return operation != null && SUMMARISING_OPERATIONS.contains(operation);
  }

  /** True only for true and "true". */
  static boolean isTrue(@Nullable JsonNode value) {
    return value != null && Json.text(value).equals("true");
  }

  private static @Nullable JsonNode vercelOperation(OtlpSpan span) {
    String operation = span.attributes().text("ai.operationId");
    if (operation == null) {
      return null;
    }
    return span.attributes().isTruthy("ai.telemetry.functionId")
        ? TextNode.valueOf(span.attributes().text("ai.telemetry.functionId") + ":" + operation)
        : TextNode.valueOf(operation);
  }

  private static @Nullable JsonNode genkitModel(OtlpSpan span) {
    return "model".equals(span.attributes().text("genkit:metadata:subtype"))
        ? span.attributes().get("genkit:name")
        : null;
  }

  private static @Nullable JsonNode vercelPrompt(OtlpSpan span, String field) {
    JsonNode prompt = Json.object(span.attributes().get("ai.telemetry.metadata.langfusePrompt"));
    JsonNode value = prompt == null ? null : prompt.get(field);
    return value == null || value.isNull() ? null : value;
  }
}
