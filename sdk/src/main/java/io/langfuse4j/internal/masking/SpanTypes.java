package io.langfuse4j.internal.masking;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What type of observation a span is or, if somebody else made it, becomes in Langfuse: by the
 * conventions of OpenTelemetry, OpenInference and OpenLLMetry.
 */
final class SpanTypes {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> OPENINFERENCE =
      AttributeKey.stringKey("openinference.span.kind");
  private static final AttributeKey<String> TRACELOOP =
      AttributeKey.stringKey("traceloop.span.kind");
  private static final List<AttributeKey<String>> MODEL =
      List.of(
          AttributeKey.stringKey("gen_ai.request.model"),
          AttributeKey.stringKey("gen_ai.response.model"),
          AttributeKey.stringKey("llm.model_name"),
          AttributeKey.stringKey("ai.model.id"));

  private SpanTypes() {}

  /** The wire name of the type. */
  static String of(Attributes attributes) {
    String type = attributes.get(LangfuseAttributes.OBSERVATION_TYPE);
    if (type == null) {
      type = byKind(attributes.get(OPENINFERENCE));
    }
    if (type == null) {
      type = byOperation(attributes.get(OPERATION));
    }
    if (type == null) {
      type = byKind(attributes.get(TRACELOOP));
    }
    if (type == null) {
      type = MODEL.stream().anyMatch(key -> attributes.get(key) != null) ? "generation" : "span";
    }
    return type.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String byKind(@Nullable String kind) {
    return switch (kind == null ? "" : kind.toLowerCase(Locale.ROOT)) {
      case "llm" -> "generation";
      case "workflow", "chain" -> "chain";
      case "reranker", "retriever" -> "retriever";
      case "agent", "embedding", "evaluator", "guardrail", "tool" -> kind;
      default -> null;
    };
  }

  private static @Nullable String byOperation(@Nullable String operation) {
    return switch (operation == null ? "" : operation.toLowerCase(Locale.ROOT)) {
      case "chat", "completion", "text_completion", "generate_content", "call_llm" -> "generation";
      case "embedding", "embeddings" -> "embedding";
      case "create_agent", "invoke_agent" -> "agent";
      case "execute_tool" -> "tool";
      default -> null;
    };
  }
}
