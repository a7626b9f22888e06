package io.langfuse4j.server.mapping;

import static java.util.Map.entry;

import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What kind of observation a span is: an ordered list of rules of which the first match wins. */
final class TypeRules {
  @FunctionalInterface
  private interface Rule {
    @Nullable ObservationType typeOf(OtlpSpan span);
  }

  private static final String TYPE = "langfuse.observation.type";

  private static final List<String> MODEL_KEYS =
      List.of(
          "langfuse.observation.model.name",
          "ai.model.id",
          "gen_ai.request.model",
          "gen_ai.response.model");

  private static final Set<String> GENERATION_ONLY_KEYS =
      Set.of(
          "langfuse.observation.model.name",
          "langfuse.observation.cost_details",
          "langfuse.observation.usage_details",
          "langfuse.observation.completion_start_time",
          "langfuse.observation.model.parameters",
          "langfuse.observation.prompt.name",
          "langfuse.observation.prompt.version");

  private static final Pattern MAJOR_MINOR = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6}).*");

  private static final List<Rule> RULES =
      List.of(
          TypeRules::earlyPythonGeneration,
          byValue(
              TYPE,
              Map.ofEntries(
                  entry("span", ObservationType.SPAN),
                  entry("generation", ObservationType.GENERATION),
                  entry("event", ObservationType.EVENT),
                  entry("embedding", ObservationType.EMBEDDING),
                  entry("agent", ObservationType.AGENT),
                  entry("tool", ObservationType.TOOL),
                  entry("chain", ObservationType.CHAIN),
                  entry("retriever", ObservationType.RETRIEVER),
                  entry("guardrail", ObservationType.GUARDRAIL),
                  entry("evaluator", ObservationType.EVALUATOR))),
          byValue(
              "openinference.span.kind",
              Map.of(
                  "CHAIN", ObservationType.CHAIN,
                  "RETRIEVER", ObservationType.RETRIEVER,
                  "LLM", ObservationType.GENERATION,
                  "EMBEDDING", ObservationType.EMBEDDING,
                  "AGENT", ObservationType.AGENT,
                  "TOOL", ObservationType.TOOL,
                  "GUARDRAIL", ObservationType.GUARDRAIL,
                  "EVALUATOR", ObservationType.EVALUATOR)),
          byValue(
              "gen_ai.operation.name",
              Map.of(
                  "chat", ObservationType.GENERATION,
                  "completion", ObservationType.GENERATION,
                  "text_completion", ObservationType.GENERATION,
                  "generate_content", ObservationType.GENERATION,
                  "generate", ObservationType.GENERATION,
                  "embeddings", ObservationType.EMBEDDING,
                  "invoke_agent", ObservationType.AGENT,
                  "create_agent", ObservationType.AGENT,
                  "execute_tool", ObservationType.TOOL)),
          byValue(
              "genkit:metadata:subtype",
              Map.of(
                  "model", ObservationType.GENERATION,
                  "background-model", ObservationType.GENERATION,
                  "embedder", ObservationType.EMBEDDING,
                  "tool", ObservationType.TOOL,
                  "tool.v2", ObservationType.TOOL,
                  "retriever", ObservationType.RETRIEVER,
                  "evaluator", ObservationType.EVALUATOR)),
          withModel(
              byVercelOperation(
                  List.of(
                      "ai.generateText.doGenerate",
                      "ai.streamText.doStream",
                      "ai.generateObject.doGenerate",
                      "ai.streamObject.doStream"),
                  ObservationType.GENERATION)),
          withModel(
              byVercelOperation(
                  List.of("ai.embedMany.doEmbed", "ai.embed.doEmbed"), ObservationType.EMBEDDING)),
          byVercelOperation(List.of("ai.toolCall"), ObservationType.TOOL),
          byAnyKey(List.of("gen_ai.tool.name", "gen_ai.tool.call.id"), ObservationType.TOOL),
          byAnyKey(List.of("flue.tool.name", "flue.tool.call_id"), ObservationType.TOOL),
          byAnyKey(List.of("flue.task.id", "flue.task.agent"), ObservationType.AGENT),
          byLiveKitName(
              Map.of(
                  "agent_turn", ObservationType.AGENT,
                  "start_agent_activity", ObservationType.AGENT,
                  "function_tool", ObservationType.TOOL)),
          byAnyKey(
              List.of(
                  "langfuse.observation.model.name",
                  "gen_ai.request.model",
                  "gen_ai.response.model",
                  "llm.model_name",
                  "model"),
              ObservationType.GENERATION));

  private TypeRules() {}

  static ObservationType typeOf(OtlpSpan span) {
    for (Rule rule : RULES) {
      ObservationType type = rule.typeOf(span);
      if (type != null) {
        return type;
      }
    }
    return ObservationType.SPAN;
  }

  private static Rule byValue(String key, Map<String, ObservationType> types) {
    return span -> {
      String value = span.attributes().text(key);
      return value == null ? null : types.get(value);
    };
  }

  private static Rule byAnyKey(List<String> keys, ObservationType type) {
    return span -> hasAny(span, keys) ? type : null;
  }

  private static Rule withModel(Rule rule) {
    return span -> hasAny(span, MODEL_KEYS) ? rule.typeOf(span) : null;
  }

  /** Zero and false are something, an empty text or list is nothing. */
  private static boolean hasAny(OtlpSpan span, List<String> keys) {
    return keys.stream()
        .map(span.attributes()::get)
        .anyMatch(
            value ->
                value != null
                    && (value.isContainerNode() ? !value.isEmpty() : !Json.text(value).isEmpty()));
  }

  private static Rule byVercelOperation(List<String> operations, ObservationType type) {
    return span -> {
      String name = span.attributes().text("operation.name");
      String id = span.attributes().text("ai.operationId");
      boolean matches =
          operations.stream()
              .anyMatch(known -> known.equals(id) || (name != null && name.startsWith(known)));
      return matches ? type : null;
    };
  }

  private static Rule byLiveKitName(Map<String, ObservationType> types) {
    return span -> Scopes.LIVEKIT.equals(span.scope().name()) ? types.get(span.name()) : null;
  }

  /** Python SDKs up to 3.3 called a generation a span when it was updated through the span API. */
  private static @Nullable ObservationType earlyPythonGeneration(OtlpSpan span) {
    Attributes attributes = span.attributes();
    boolean affected =
        "span".equals(attributes.text(TYPE))
            && Scopes.LANGFUSE_SDK.equals(span.scope().name())
            && "python".equals(span.resource().text("telemetry.sdk.language"))
            && isBefore34(span.scope().version());
    return affected && GENERATION_ONLY_KEYS.stream().anyMatch(attributes::has)
        ? ObservationType.GENERATION
        : null;
  }

  private static boolean isBefore34(@Nullable String version) {
    if (version == null) {
      return true;
    }
    Matcher matcher = MAJOR_MINOR.matcher(version);
    if (!matcher.matches()) {
      return false;
    }
    int major = Integer.parseInt(matcher.group(1));
    return major < 3 || (major == 3 && Integer.parseInt(matcher.group(2)) <= 3);
  }
}
