package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpException;
import io.langfuse4j.server.otlp.OtlpJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The traps of the server contract that concern ingest, by their numbers there. Each test states
 * what Langfuse does and, where we keep data that it loses, what we do instead.
 */
class TrapsTest {

  @Test
  void trap02_statusCodeAsEnumText_isNoError() {
    JsonNode request =
        OtlpJson.span().field("status", Map.of("code", "STATUS_CODE_ERROR")).request();

    assertThat(Mapped.json(request).get(0).observation().level()).isEqualTo(Level.DEFAULT);
  }

  @Test
  void trap03_oneBadId_refusesTheWholeRequest() {
    ObjectNode request = (ObjectNode) OtlpJson.span().request();
    request
        .withArray("/resourceSpans/0/scopeSpans/0/spans")
        .addObject()
        .put("traceId", "t")
        .put("spanId", 5);

    assertThatThrownBy(() -> Mapped.json(request))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Invalid OTLP trace export: spanId:not_an_id (1)");
  }

  @Test
  void trap04_promptVersionAsText_keepsTheObservationAndLinksThePrompt() {
    Observation.ModelCall call =
        observation(generation().with("langfuse.observation.prompt.version", "7")).modelCall();

    assertThat(call.promptName()).isEqualTo("p");
    assertThat(call.promptVersion()).isEqualTo(7);
  }

  @Test
  void trap04_promptNameWithoutVersion_keepsTheObservation() {
    Observation.ModelCall call = observation(generation()).modelCall();

    assertThat(call.promptName()).isEqualTo("p");
    assertThat(call.promptVersion()).isNull();
  }

  @Test
  void trap04_onlyGenerationsLinkPrompts() {
    Observation observation =
        observation(
            OtlpJson.span("langfuse.observation.type", "embedding")
                .with("langfuse.observation.prompt.name", "p")
                .with("langfuse.observation.prompt.version", 1));

    assertThat(observation.modelCall().promptName()).isNull();
  }

  @Test
  void trap05_upperCaseType_fallsThroughToTheHeuristics() {
    assertThat(
            observation(
                    OtlpJson.span("langfuse.observation.type", "GENERATION")
                        .with("gen_ai.tool.name", "t"))
                .type())
        .isEqualTo(ObservationType.TOOL);
  }

  @Test
  void trap06_aModelAlone_makesAGeneration() {
    assertThat(observation(OtlpJson.span("model", "m")).type())
        .isEqualTo(ObservationType.GENERATION);
  }

  @Test
  void trap07_toolName_renamesAndMakesATool() {
    Observation observation = observation(OtlpJson.span("gen_ai.tool.name", "weather"));

    assertThat(observation.name()).isEqualTo("weather");
    assertThat(observation.type()).isEqualTo(ObservationType.TOOL);
  }

  @Test
  void trap07_toolName_renamesButAnEarlierRuleGivesTheType() {
    Observation observation =
        observation(
            OtlpJson.span("gen_ai.tool.name", "weather").with("gen_ai.operation.name", "chat"));

    assertThat(observation.name()).isEqualTo("weather");
    assertThat(observation.type()).isEqualTo(ObservationType.GENERATION);
  }

  @Test
  void trap08_aSpanWithAModelCall_keepsIt() {
    Observation observation =
        observation(
            OtlpJson.span("langfuse.observation.type", "span")
                .with("langfuse.observation.model.name", "m")
                .with("langfuse.observation.model.parameters", "{\"temperature\":1}")
                .with("langfuse.observation.usage_details", "{\"input\":1}")
                .with("langfuse.observation.cost_details", "{\"total\":0.5}"));

    assertThat(observation.type()).isEqualTo(ObservationType.SPAN);
    assertThat(observation.modelCall())
        .isEqualTo(
            new Observation.ModelCall(
                "m",
                "{\"temperature\":1}",
                Map.of("input", 1L, "total", 1L),
                Map.of("total", new BigDecimal("0.5")),
                null,
                null));
  }

  @Test
  void trap09_usage_dropsFractionsParsesTextAndSumsTheTotal() {
    assertThat(
            observation(
                    OtlpJson.span(
                        "langfuse.observation.usage_details",
                        "{\"input\":\"10\",\"output\":2.5,\"input_cached_tokens\":4}"))
                .modelCall()
                .usage())
        .isEqualTo(Map.of("input", 10L, "input_cached_tokens", 4L, "total", 14L));
  }

  @Test
  void trap10_anyGivenCost_isKeptAsGiven() {
    assertThat(
            observation(
                    OtlpJson.span("langfuse.observation.cost_details", "{\"whatever\":0.25}")
                        .with("gen_ai.usage.cost", 9.0))
                .modelCall()
                .cost())
        .isEqualTo(Map.of("whatever", new BigDecimal("0.25")));
  }

  @Test
  void trap11_traceAttributesOnAChild_updateTheTraceAtTheChildsStart() {
    TraceUpdate update =
        Mapped.one(
                OtlpJson.span("langfuse.user.id", "u")
                    .with("langfuse.trace.tags", List.of("b", "a")))
            .trace();

    assertThat(update)
        .isEqualTo(
            new TraceUpdate(
                TraceUpdate.Kind.UPDATE,
                OtlpJson.TRACE_ID,
                Instant.parse("2023-11-14T22:13:20Z"),
                "default",
                null,
                "u",
                null,
                null,
                null,
                null,
                List.of("b", "a"),
                null,
                null,
                "{\"resourceAttributes\":{},\"scope\":{\"name\":\"test\",\"attributes\":{}}}"));
  }

  @Test
  void trap12_asRoot_makesARootAndAppRootDoesNot() {
    MappedSpan asRoot = Mapped.one(OtlpJson.span("langfuse.internal.as_root", "true"));
    MappedSpan appRoot = Mapped.one(OtlpJson.span("langfuse.internal.is_app_root", true));

    assertThat(asRoot.observation().root()).isTrue();
    assertThat(asRoot.observation().appRoot()).isFalse();
    assertThat(asRoot.trace().kind()).isEqualTo(TraceUpdate.Kind.ROOT);
    assertThat(appRoot.observation().root()).isFalse();
    assertThat(appRoot.observation().appRoot()).isTrue();
    assertThat(appRoot.trace().kind()).isEqualTo(TraceUpdate.Kind.FIRST_SIGHT);
  }

  @Test
  void trap13_environment_losesTheReservedPrefixAndMustBePlain() {
    assertThat(observation(OtlpJson.span("langfuse.environment", "langfuse-foo")).environment())
        .isEqualTo("foo");
    assertThat(observation(OtlpJson.span("langfuse.environment", "Prod EU")).environment())
        .isEqualTo("default");
  }

  @Test
  void trap14_metadata_isNestedForTheOldReadersAndFlatForTheNew() {
    Observation.Content content =
        observation(
                OtlpJson.span("langfuse.observation.metadata", "{\"a\":{\"b\":1}}")
                    .resource("service.name", "svc"))
            .content();

    assertThat(content.metadata())
        .isEqualTo(
            "{\"a\":{\"b\":1},\"attributes\":{},\"resourceAttributes\":{\"service.name\":\"svc\"},"
                + "\"scope\":{\"name\":\"test\",\"attributes\":{}}}");
    assertThat(content.flatMetadata())
        .isEqualTo(
            "{\"resourceAttributes.service.name\":\"svc\",\"scope.name\":\"test\",\"a.b\":\"1\"}");
  }

  @Test
  void trap15_aTracerNamedLikeOurSdk_hasNoAttributesBlock() {
    Observation ours = observation(OtlpJson.span("foo", "bar").scope("langfuse-sdk-java"));
    Observation theirs = observation(OtlpJson.span("foo", "bar").scope("langfuse"));

    assertThat(Json.parse(ours.content().metadata()).has("attributes")).isFalse();
    assertThat(Json.parse(theirs.content().metadata()).get("attributes").get("foo").textValue())
        .isEqualTo("bar");
  }

  @Test
  void trap20_emptyText_isAbsentForSomeSourcesAndPresentForOthers() {
    Observation observation =
        observation(
            OtlpJson.span("langfuse.user.id", "")
                .with("user.id", "u")
                .with("langfuse.version", "")
                .resource("service.version", "9"));

    assertThat(observation.traceAttributes().userId()).isEqualTo("u");
    assertThat(observation.version()).isEmpty();
  }

  @Test
  void trap21_mapsAndBytes_becomeTheJsonTextOfTheOtlpValue() {
    JsonNode map =
        Json.parse(
            "{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":{\"stringValue\":\"b\"}}]}}");

    assertThat(observation(OtlpJson.span("langfuse.observation.input", map)).content().input())
        .isEqualTo(map.toString());
  }

  @Test
  void trap22_traceMetadataOnTheResource_isForTheOldReadersOnly() {
    MappedSpan span =
        Mapped.one(OtlpJson.span().root().resource("langfuse.trace.metadata.team", "a"));

    assertThat(Json.parse(span.observation().content().metadata()).get("team").textValue())
        .isEqualTo("a");
    assertThat(Json.parse(span.trace().metadata()).get("team").textValue()).isEqualTo("a");
    assertThat(Json.parse(span.observation().content().flatMetadata()).has("team")).isFalse();
  }

  @Test
  void attributeWithoutValue_doesNotCostTheBatch() {
    ObjectNode request = (ObjectNode) OtlpJson.span("k", "v").request();
    request
        .withArray("/resourceSpans/0/scopeSpans/0/spans/0/attributes")
        .add(JsonNodeFactory.instance.objectNode().put("key", "novalue"));

    Observation observation = Mapped.all(request).get(0).observation();

    assertThat(Json.parse(observation.content().metadata()).get("attributes").toString())
        .isEqualTo("{\"k\":\"v\",\"novalue\":\"null\"}");
  }

  private static OtlpJson generation() {
    return OtlpJson.span("langfuse.observation.type", "generation")
        .with("langfuse.observation.prompt.name", "p");
  }

  private static Observation observation(OtlpJson span) {
    return Mapped.one(span).observation();
  }
}
