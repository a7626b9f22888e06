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
    @Nullable InputOutput find(ContentSource source);
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

  private static final List<String> LIVEKIT_INPUTS =
      List.of(
          "lk.input_text",
          "lk.pii.input_text",
          "lk.user_transcript",
          "lk.pii.user_transcript",
          "lk.chat_ctx",
          "lk.pii.chat_ctx");
  private static final List<String> LIVEKIT_TOOL_OUTPUTS =
      List.of("lk.function_tool.output", "lk.pii.function_tool.output");
  private static final List<String> LIVEKIT_TEXTS =
      List.of("lk.response.text", "lk.pii.response.text");

  private InputOutputRules() {}

  static InputOutput find(OtlpSpan span, Domain domain) {
    return find(ContentSource.of(span, domain));
  }

  static InputOutput find(ContentSource source) {
    for (Rule rule : RULES) {
      InputOutput found = rule.find(source);
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

  private static @Nullable InputOutput unlessFalsy(InputOutput found) {
    return found.isFalsy() ? null : found;
  }

  private static Rule pair(String input, String output) {
    return source ->
        unlessFalsy(
            InputOutput.of(source.attributes().get(input), source.attributes().get(output)));
  }

  private static Rule parsedChains(List<String> inputs, List<String> outputs) {
    return source ->
        unlessNothing(InputOutput.of(parsed(source.first(inputs)), parsed(source.first(outputs))));
  }

  private static @Nullable JsonNode parsed(@Nullable JsonNode value) {
    JsonNode document = Json.resolve(value);
    return document == null || document.isNull() ? value : document;
  }

  /** Where one side has keys, the other is there too, if only as an empty object. */
  private static Rule spread(String input, String output) {
    return source -> {
      Attributes attributes = source.attributes();
      boolean spread = DottedKeys.isIn(attributes, input) || DottedKeys.isIn(attributes, output);
      return spread
          ? InputOutput.of(
              DottedKeys.rebuild(attributes, input), DottedKeys.rebuild(attributes, output))
          : null;
    };
  }

  private static Rule forScope(String scope, Rule rule) {
    return source -> scope.equals(source.scope()) ? rule.find(source) : null;
  }

  private static Rule onlyFor(String scope, Rule rule) {
    return source -> {
      if (!scope.equals(source.scope())) {
        return null;
      }
      InputOutput found = rule.find(source);
      return found != null ? found : InputOutput.NOTHING;
    };
  }

  private static @Nullable InputOutput langfuse(ContentSource source) {
    return unlessNothing(InputOutput.of(langfuse(source, "input"), langfuse(source, "output")));
  }

  private static @Nullable JsonNode langfuse(ContentSource source, String name) {
    String own = source.domain().key(name);
    return source.domain() == Domain.TRACE && source.attributes().isTruthy(own)
        ? source.attributes().get(own)
        : source.attributes().get(Domain.OBSERVATION.key(name));
  }

  private static @Nullable InputOutput genkit(ContentSource source) {
    return InputOutput.of(
        genkit(source.attributes().get("genkit:input"), "messages"),
        genkit(source.attributes().get("genkit:output"), "message"));
  }

  private static @Nullable JsonNode genkit(@Nullable JsonNode whole, String part) {
    JsonNode document = parsed(whole);
    return document != null && document.hasNonNull(part) ? document.get(part) : document;
  }

  private static @Nullable InputOutput googleAdk(ContentSource source) {
    return unlessFalsy(
        InputOutput.of(
            googleAdk(source.attributes(), "llm_request", "tool_call_args"),
            googleAdk(source.attributes(), "llm_response", "tool_response")));
  }

  private static @Nullable JsonNode googleAdk(Attributes attributes, String model, String tool) {
    JsonNode value = attributes.get(Scopes.GOOGLE_ADK + "." + model);
    boolean empty = !Json.isTruthy(value) || (value != null && "{}".equals(value.textValue()));
    return empty ? attributes.get(Scopes.GOOGLE_ADK + "." + tool) : value;
  }

  /** Since 1.8 the keys of content say that it is personal; the older ones come first. */
  private static @Nullable InputOutput liveKit(ContentSource source) {
    JsonNode toolOutput = source.first(LIVEKIT_TOOL_OUTPUTS);
    return unlessFalsy(
        InputOutput.of(
            source.first(LIVEKIT_INPUTS),
            Json.isTruthy(toolOutput) ? toolOutput : source.first(LIVEKIT_TEXTS)));
  }

  private static @Nullable InputOutput pydanticAi(ContentSource source) {
    JsonNode messages = source.attributes().get("pydantic_ai.all_messages");
    return unlessFalsy(
        InputOutput.of(
            GenAiMessages.withSystem(messages, source.attributes()),
            source.attributes().get("final_result")));
  }
}
