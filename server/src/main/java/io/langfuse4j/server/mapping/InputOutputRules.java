package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where input and output come from, by every convention that is in use. The first rule that finds
 * either gives both; a rule for a scope of its own ends the search even if it finds nothing.
 */
final class InputOutputRules {
  @FunctionalInterface
  interface Rule {
    /** What the rule finds, or null to go on with the next. */
    @Nullable InputOutput find(Content content);
  }

  private static final List<Rule> RULES =
      List.of(
          InputOutputRules::langfuse,
          onlyFor(Scopes.GENKIT, InputOutputRules::genkit),
          onlyFor(Scopes.VERCEL, VercelContent::find),
          forScope(
              Scopes.FLUE,
              parsedChains(
                  List.of(
                      "flue.turn.input",
                      "flue.tool.arguments",
                      "flue.task.prompt",
                      "flue.workflow.payload"),
                  List.of(
                      "flue.turn.output",
                      "flue.tool.result",
                      "flue.task.result",
                      "flue.operation.result",
                      "flue.workflow.result"))),
          EventContent::inferenceDetails,
          EventContent::messages,
          EventContent::promptAndCompletion,
          InputOutputRules::googleAdk,
          pair("prompt", "all_messages_events"),
          InputOutputRules::liveKit,
          EventContent::eventsAttribute,
          pair("mlflow.spanInputs", "mlflow.spanOutputs"),
          pair("traceloop.entity.input", "traceloop.entity.output"),
          pair("input.value", "output.value"),
          pair("input", "output"),
          forScope(Scopes.PYDANTIC_AI, InputOutputRules::pydanticAi),
          pair("tool_arguments", "tool_response"),
          spread("gen_ai.prompt", "gen_ai.completion"),
          spread("llm.input_messages", "llm.output_messages"),
          GenAiMessages::find);

  private InputOutputRules() {}

  static InputOutput find(OtlpSpan span, Domain domain) {
    return find(Content.of(span, domain));
  }

  static InputOutput find(Content content) {
    for (Rule rule : RULES) {
      InputOutput found = rule.find(content);
      if (found != null) {
        return found;
      }
    }
    return InputOutput.NOTHING;
  }

  /** Only what was said about the trace itself, which is all that a span below the root may set. */
  static InputOutput ofTraceOnly(OtlpSpan span) {
    return InputOutput.of(
        span.attributes().get("langfuse.trace.input"),
        span.attributes().get("langfuse.trace.output"));
  }

  private static @Nullable InputOutput unlessNothing(InputOutput found) {
    return found.isNothing() ? null : found;
  }

  private static Rule pair(String input, String output) {
    return chains(List.of(input), List.of(output));
  }

  private static Rule chains(List<String> inputs, List<String> outputs) {
    return content -> unlessNothing(InputOutput.of(content.first(inputs), content.first(outputs)));
  }

  private static Rule parsedChains(List<String> inputs, List<String> outputs) {
    return content ->
        unlessNothing(
            InputOutput.of(parsed(content.first(inputs)), parsed(content.first(outputs))));
  }

  private static @Nullable JsonNode parsed(@Nullable JsonNode value) {
    JsonNode document = Json.resolve(value);
    return document == null ? value : document;
  }

  private static Rule spread(String input, String output) {
    return content ->
        unlessNothing(
            InputOutput.of(
                DottedKeys.rebuild(content.attributes(), input),
                DottedKeys.rebuild(content.attributes(), output)));
  }

  private static Rule forScope(String scope, Rule rule) {
    return content -> scope.equals(content.scope()) ? rule.find(content) : null;
  }

  private static Rule onlyFor(String scope, Rule rule) {
    return content -> {
      if (!scope.equals(content.scope())) {
        return null;
      }
      InputOutput found = rule.find(content);
      return found != null ? found : InputOutput.NOTHING;
    };
  }

  private static @Nullable InputOutput langfuse(Content content) {
    return unlessNothing(InputOutput.of(langfuse(content, "input"), langfuse(content, "output")));
  }

  private static @Nullable JsonNode langfuse(Content content, String name) {
    String own = content.domain().key(name);
    return content.domain() == Domain.TRACE && content.attributes().isTruthy(own)
        ? content.attributes().get(own)
        : content.attributes().get(Domain.OBSERVATION.key(name));
  }

  private static @Nullable InputOutput genkit(Content content) {
    return InputOutput.of(
        genkit(content.attributes().get("genkit:input"), "messages"),
        genkit(content.attributes().get("genkit:output"), "message"));
  }

  private static @Nullable JsonNode genkit(@Nullable JsonNode whole, String part) {
    JsonNode object = Json.object(whole);
    return object != null && object.hasNonNull(part) ? object.get(part) : whole;
  }

  private static @Nullable InputOutput googleAdk(Content content) {
    return unlessNothing(
        InputOutput.of(
            googleAdk(content.attributes(), "llm_request", "tool_call_args"),
            googleAdk(content.attributes(), "llm_response", "tool_response")));
  }

  private static @Nullable JsonNode googleAdk(Attributes attributes, String model, String tool) {
    JsonNode value = attributes.get(Scopes.GOOGLE_ADK + "." + model);
    boolean empty = value == null || !Json.isTruthy(value) || "{}".equals(value.textValue());
    return empty ? attributes.get(Scopes.GOOGLE_ADK + "." + tool) : value;
  }

  private static @Nullable InputOutput liveKit(Content content) {
    JsonNode toolOutput = content.attributes().get("lk.function_tool.output");
    return unlessNothing(
        InputOutput.of(
            content.first(List.of("lk.input_text", "lk.user_transcript", "lk.chat_ctx")),
            Json.isTruthy(toolOutput) ? toolOutput : content.attributes().get("lk.response.text")));
  }

  private static @Nullable InputOutput pydanticAi(Content content) {
    JsonNode messages = content.attributes().get("pydantic_ai.all_messages");
    return unlessNothing(
        InputOutput.of(
            GenAiMessages.withSystem(messages, content.attributes()),
            content.attributes().get("final_result")));
  }
}
