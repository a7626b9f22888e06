package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.otlp.OtlpJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What must not matter: how spans are spread over requests and in which order, what else is in a
 * request, unknown fields, attributes that nobody reads, and sending something again.
 */
class RequestInvariantsTest {
  private static final long SEED = 20261122;

  private static final List<JsonNode> GROUPS = groups();

  @Test
  void spansInAnyOrderAndNumber_areMappedAsEachAlone() {
    Random random = new Random(SEED);

    for (int round = 0; round < 100; round++) {
      List<JsonNode> picked = new ArrayList<>(GROUPS);
      Collections.shuffle(picked, random);
      picked = picked.subList(0, 1 + random.nextInt(20));

      List<MappedSpan> together = Mapped.json(request(picked));

      List<MappedSpan> alone =
          picked.stream().flatMap(group -> Mapped.json(request(List.of(group))).stream()).toList();
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void aRequestSentAgain_isMappedTheSame() {
    JsonNode request = request(GROUPS);

    assertThat(Mapped.json(request)).isEqualTo(Mapped.json(request));
  }

  @Test
  void unknownFieldsAndUnreadOnes_doNotMatter() {
    for (JsonNode group : GROUPS) {
      JsonNode more = group.deepCopy();
      for (JsonNode object : objects(more, new ArrayList<>())) {
        ((ObjectNode) object).put("unheardOf", 1).putNull("nothing");
      }
      more.findValues("spans")
          .forEach(
              spans ->
                  spans.forEach(
                      span ->
                          ((ObjectNode) span)
                              .put("kind", 3)
                              .put("flags", 257)
                              .put("traceState", "a=b")
                              .put("droppedAttributesCount", 2)
                              .putArray("links")
                              .addObject()
                              .put("traceId", "x")));

      assertThat(Mapped.json(request(List.of(more))))
          .isEqualTo(Mapped.json(request(List.of(group))));
    }
  }

  @Test
  void attributesInAnyOrder_giveTheSameButForTheOrderOfMetadata() {
    Random random = new Random(SEED);

    for (JsonNode group : GROUPS) {
      JsonNode shuffled = group.deepCopy();
      shuffled.findValues("spans").forEach(spans -> spans.forEach(span -> shuffle(span, random)));
      if (contradictsItself(group) || isSpread(group)) {
        continue;
      }

      assertThat(rendered(shuffled)).isEqualTo(rendered(group));
    }
  }

  @Test
  void emptyTextWherePossible_isTheSameAsNothing() {
    OtlpJson nothing = OtlpJson.span();
    OtlpJson empty = OtlpJson.span();
    for (String key :
        List.of(
            "langfuse.user.id",
            "session.id",
            "langfuse.environment",
            "gen_ai.tool.name",
            "logfire.msg",
            "gen_ai.request.model",
            "gen_ai.operation.name",
            "langfuse.observation.usage_details",
            "langfuse.observation.cost_details",
            "gen_ai.usage.cost",
            "langfuse.observation.level",
            "langfuse.observation.completion_start_time",
            "input.value",
            "output.value",
            "gen_ai.input.messages",
            "gen_ai.output.messages")) {
      empty.with(key, "");
    }

    MappedSpan mapped = Mapped.one(empty);

    assertThat(withoutMetadata(Rendered.of(mapped)))
        .isEqualTo(withoutMetadata(Rendered.of(Mapped.one(nothing))));
  }

  private static JsonNode request(List<JsonNode> groups) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putArray("resourceSpans").addAll(groups);
    return request;
  }

  /** Every resource of the golden vectors with its spans. */
  private static List<JsonNode> groups() {
    List<JsonNode> groups = new ArrayList<>();
    VectorTest.vectors().stream()
        .map(arguments -> (JsonNode) arguments.get()[0])
        .forEach(vector -> vector.at("/request/resourceSpans").forEach(groups::add));
    assertThat(groups).hasSizeGreaterThan(400);
    return List.copyOf(groups);
  }

  private static List<JsonNode> objects(JsonNode node, List<JsonNode> found) {
    // Below an attribute's value everything is content.
    if (node.has("spans") || node.has("scopeSpans") || node.has("spanId") || node.has("key")) {
      found.add(node);
    }
    for (JsonNode child : node.has("key") ? JsonNodeFactory.instance.arrayNode() : node) {
      objects(child, found);
    }
    return found;
  }

  private static void shuffle(JsonNode span, Random random) {
    if (span.path("attributes") instanceof ArrayNode attributes) {
      List<JsonNode> order = new ArrayList<>();
      attributes.forEach(order::add);
      Collections.shuffle(order, random);
      attributes.removeAll().addAll(order);
    }
  }

  /** Of keys that mean the same the last wins, so their order matters. */
  private static boolean contradictsItself(JsonNode group) {
    List<String> meanings =
        group.findValuesAsText("key").stream()
            .map(key -> key.replaceFirst("^(gen_ai\\.usage|llm\\.token_count)\\.", "usage."))
            .toList();
    return meanings.stream().distinct().count() < meanings.size();
  }

  /** Of keys that contradict each other the first wins, and fields appear in their order. */
  private static boolean isSpread(JsonNode group) {
    return group.findValuesAsText("key").stream()
        .anyMatch(
            key -> key.matches("(gen_ai\\.prompt|gen_ai\\.completion|llm\\..*_messages)\\..*"));
  }

  private static List<JsonNode> rendered(JsonNode group) {
    return Mapped.json(request(List.of(group))).stream()
        .map(Rendered::of)
        .sorted(Comparator.comparing(JsonNode::toString))
        .toList();
  }

  private static JsonNode withoutMetadata(JsonNode rendered) {
    JsonNode rest = rendered.deepCopy();
    for (String part : List.of("observation", "trace")) {
      ((ObjectNode) rest.get(part)).remove(List.of("metadata", "flatMetadata"));
    }
    return rest;
  }
}
