package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan.Event;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages that were recorded as events of the span rather than as its attributes. */
final class EventContent {
  private static final Map<String, String> ROLES =
      Map.of(
          "gen_ai.system.message", "system",
          "gen_ai.user.message", "user",
          "gen_ai.assistant.message", "assistant",
          "gen_ai.tool.message", "tool");

  private static final String CHOICE = "gen_ai.choice";

  private EventContent() {}

  static @Nullable InputOutput inferenceDetails(ContentSource source) {
    for (Event event : source.eventsNamed("gen_ai.client.inference.operation.details")) {
      InputOutput found = GenAiMessages.find(source.in(event));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  static @Nullable InputOutput messages(ContentSource source) {
    ArrayNode input = JsonNodeFactory.instance.arrayNode();
    ArrayNode output = JsonNodeFactory.instance.arrayNode();
    for (Event event : source.events()) {
      String role = ROLES.get(event.name());
      if (role != null) {
        addAll(event.attributes(), input.addObject().put("role", role));
      } else if (event.name().equals(CHOICE)) {
        addAll(event.attributes(), output.addObject());
      }
    }
    return inputAndOutput(input.isEmpty() ? null : input, unwrapped(output));
  }

  /** Semantic Kernel's: the first event of each kind, the attributes themselves if nothing else. */
  static @Nullable InputOutput promptAndCompletion(ContentSource source) {
    List<Event> prompts = source.eventsNamed("gen_ai.content.prompt");
    List<Event> completions = source.eventsNamed("gen_ai.content.completion");
    return prompts.isEmpty() && completions.isEmpty()
        ? null
        : InputOutput.of(
            found(source, prompts, InputOutput::input),
            found(source, completions, InputOutput::output));
  }

  /** Messages as a list in one attribute, each naming the event it would have been. */
  static @Nullable InputOutput eventsAttribute(ContentSource source) {
    JsonNode events = Json.resolve(source.attributes().get("events"));
    if (events == null || !events.isArray()) {
      return null;
    }
    ArrayNode input = JsonNodeFactory.instance.arrayNode();
    JsonNode output = null;
    for (JsonNode event : events) {
      if (!CHOICE.equals(event.path("event.name").textValue())) {
        input.add(event);
      } else if (output == null) {
        output = event;
      }
    }
    return inputAndOutput(input.isEmpty() ? null : input, output);
  }

  private static JsonNode found(
      ContentSource source, List<Event> events, Function<InputOutput, @Nullable JsonNode> part) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    if (events.isEmpty()) {
      return attributes;
    }
    JsonNode value = part.apply(InputOutputRules.find(source.in(events.get(0))));
    if (value != null && Json.isTruthy(value)) {
      return value;
    }
    addAll(events.get(0).attributes(), attributes);
    return attributes;
  }

  private static void addAll(Attributes attributes, ObjectNode target) {
    attributes.entries().forEach(entry -> target.set(entry.getKey(), entry.getValue()));
  }

  private static @Nullable JsonNode unwrapped(ArrayNode values) {
    return values.size() > 1 ? values : values.get(0);
  }

  private static @Nullable InputOutput inputAndOutput(
      @Nullable JsonNode input, @Nullable JsonNode output) {
    return input == null && output == null ? null : InputOutput.of(input, output);
  }
}
