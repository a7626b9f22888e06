package io.langfuse4j;

import static io.langfuse4j.ObservationType.EMBEDDING;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What setters leave on the wire. */
class UpdateTest extends ClientTest {

  @Test
  @Requirement({"R77", "R78", "R84"})
  void updates_accumulateAndTheLastWins() {
    langfuse.run(
        "step",
        o -> {
          o.update(u -> u.input("in").output("first"));
          o.update(u -> u.output("second").statusMessage("fine").level(Level.WARNING));
          o.input(null).output(null).level(null).statusMessage(null).version(null).name(null);
          o.metadata("gone", null).metadata(null);
        });

    RecordedSpan span = sent("step");
    assertThat(span.attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "in",
                "output",
                "second",
                "status_message",
                "fine",
                "level",
                "WARNING"));
    assertThat(span.statusCode()).isZero();
  }

  @Test
  @Requirement({"R56", "R81"})
  void generation_everyField_isWrittenAsSpecified() {
    LangfuseGeneration generation =
        langfuse
            .startObservation("llm", GENERATION)
            .model("gpt-4o")
            .modelParameters(Map.of("max_tokens", 100))
            .usage(Map.of("input_tokens", 5))
            .cost(new BigDecimal("0.0125"))
            .completionStartTime(Instant.parse("2024-01-01T00:00:00Z"))
            .prompt("movie-critic", 3)
            .version("v7")
            .name("llm-call");
    generation.end();

    assertThat(sent("llm-call").attributes())
        .isEqualTo(
            root(
                "generation",
                "model.name",
                "gpt-4o",
                "model.parameters",
                "{\"max_tokens\":100}",
                "usage_details",
                "{\"input_tokens\":5}",
                "cost_details",
                "{\"total\":0.0125}",
                "completion_start_time",
                "\"2024-01-01T00:00:00Z\"",
                "prompt.name",
                "movie-critic",
                "prompt.version",
                3L,
                "langfuse.version",
                "v7"));
  }

  @Test
  @Requirement("R81")
  void usage_helper_namesTheBuckets() {
    langfuse
        .startObservation("embed", EMBEDDING)
        .usage(
            u -> u.input(1).output(2).total(9).cachedInput(3).reasoningOutput(4).put("images", 5))
        .end();

    assertThat(sent("embed").attributes())
        .isEqualTo(
            root(
                "embedding",
                "usage_details",
                "{\"input\":1,\"output\":2,\"total\":9,\"input_cached_tokens\":3,"
                    + "\"output_reasoning_tokens\":4,\"images\":5}"));
  }

  @Test
  @Requirement({"R81", "R156"})
  void example_updateCurrentGeneration_keepsProviderNames() {
    langfuse.run(
        "llm-call",
        GENERATION,
        g -> {
          Map<String, Long> usage = new LinkedHashMap<>();
          usage.put("input_tokens", 5L);
          usage.put("output_tokens", 50L);
          langfuse.updateCurrentGeneration(u -> u.model("gpt-4").usage(usage));
        });

    assertThat(sent("llm-call").attributes())
        .isEqualTo(
            root(
                "generation",
                "model.name",
                "gpt-4",
                "usage_details",
                "{\"input_tokens\":5,\"output_tokens\":50}"));
  }

  @Test
  @Requirement({"R82", "R83", "R46", "R156"})
  void current_isUpdatedWithoutAHandle() {
    langfuse.run(
        "tool",
        TOOL,
        tool -> {
          langfuse.updateCurrentSpan(s -> s.metadata("step1_complete", true));
          langfuse.updateCurrentObservation(o -> o.output("done"));
        });
    langfuse.run(
        "embedding", EMBEDDING, e -> langfuse.updateCurrentGeneration(g -> g.model("ada")));
    langfuse.run("span", s -> langfuse.updateCurrentGeneration(g -> g.model("gpt")));

    assertThat(sent("tool").attributes())
        .isEqualTo(root("tool", "metadata.step1_complete", true, "output", "done"));
    assertThat(sink.span("embedding").attributes())
        .isEqualTo(root("embedding", "model.name", "ada"));
    assertThat(sink.span("span").attributes()).isEqualTo(root("generation", "model.name", "gpt"));
  }

  @Test
  @Requirement("R82")
  void current_belowASpanOfAnotherLibrary_isStillOurs() {
    try (SdkTracerProvider others = SdkTracerProvider.builder().build()) {
      langfuse.run(
          "ours",
          ours -> {
            try (Scope scope = others.get("http").spanBuilder("GET").startSpan().makeCurrent()) {
              langfuse.updateCurrentSpan(s -> s.output("kept"));
              assertThat(langfuse.currentObservationId()).isEqualTo(ours.id());
            }
          });
    }

    assertThat(sent("ours").observation("output")).isEqualTo("kept");
  }

  @Test
  @Requirement("R85")
  void current_withNothingActive_doesNothing() {
    langfuse.updateCurrentSpan(s -> s.output("x"));
    langfuse.updateCurrentObservation(o -> o.output("x"));
    langfuse.updateCurrentGeneration(g -> g.output("x"));
    langfuse.setCurrentTraceAsPublic();

    flush();
    assertThat(sink.spans()).isEmpty();
  }

  @Test
  @Requirement("R155")
  void level_each_isWrittenByName() {
    for (Level level : Level.values()) {
      langfuse.run(level.name(), o -> o.level(level).statusMessage("because"));
    }

    flush();
    assertThat(sink.spans())
        .allSatisfy(
            span ->
                assertThat(span.attributes())
                    .isEqualTo(root("span", "level", span.name(), "status_message", "because")));
    assertThat(sink.names()).containsExactly("DEBUG", "DEFAULT", "WARNING", "ERROR");
  }

  @Test
  @Requirement("R155")
  void level_error_isAlsoTheStatusWithTheMessageWhicheverCameFirst() {
    langfuse.run("before", o -> o.statusMessage("boom").level(Level.ERROR));
    langfuse.run("after", o -> o.level(Level.ERROR).statusMessage("boom"));
    langfuse.run("without", o -> o.level(Level.ERROR));
    langfuse.run("warning", o -> o.level(Level.WARNING).statusMessage("boom"));

    flush();
    assertThat(sink.spans())
        .extracting(RecordedSpan::name, RecordedSpan::statusCode, RecordedSpan::statusMessage)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("before", 2, "boom"),
            org.assertj.core.groups.Tuple.tuple("after", 2, "boom"),
            org.assertj.core.groups.Tuple.tuple("without", 2, ""),
            org.assertj.core.groups.Tuple.tuple("warning", 0, ""));
  }

  private enum Colour {
    RED
  }

  static Stream<Arguments> metadataValues() {
    return Stream.of(
        arguments("text", "text"),
        arguments("", ""),
        arguments(1, 1L),
        arguments((short) 2, 2L),
        arguments((byte) 3, 3L),
        arguments(9_007_199_254_740_993L, 9_007_199_254_740_993L),
        arguments(Long.MIN_VALUE, Long.MIN_VALUE),
        arguments(true, true),
        arguments(0.9, "0.9"),
        arguments(1.5f, "1.5"),
        arguments(new BigDecimal("1.25"), "1.25"),
        arguments(Map.of("b", 1), "{\"b\":1}"),
        arguments(List.of(1, 2), "[1,2]"),
        arguments(Collections.emptyMap(), "{}"),
        arguments(new int[] {1}, "[1]"),
        arguments(Colour.RED, "\"RED\""),
        arguments(Instant.parse("2024-01-01T00:00:00Z"), "\"2024-01-01T00:00:00Z\""));
  }

  @ParameterizedTest
  @MethodSource("metadataValues")
  @Requirement({"R80", "R154"})
  void metadata_eachType_isWrittenAsTheOtherSdksDo(Object value, Object written) {
    langfuse.run("step", o -> o.metadata("key", value));

    assertThat(sent("step").attributes()).isEqualTo(root("span", "metadata.key", written));
  }

  @Test
  @Requirement({"R79", "R80"})
  void metadata_maps_addKeysAndAreNotFlattened() {
    Map<Object, Object> odd = new LinkedHashMap<>();
    odd.put("nested", Map.of("b", List.of(1)));
    odd.put("a.b", "dotted");
    odd.put("nothing", null);
    langfuse.run(
        "step",
        o -> {
          o.metadata(Map.of("first", 1));
          @SuppressWarnings({"unchecked", "rawtypes"}) // keys of other types get in unseen
          Map<String, ?> unchecked = (Map) odd;
          o.metadata(unchecked);
          o.metadata(Map.of());
          o.metadata("first", 2);
        });

    assertThat(sent("step").attributes())
        .isEqualTo(
            root(
                "span",
                "metadata.first",
                2L,
                "metadata.nested",
                "{\"b\":[1]}",
                "metadata.a.b",
                "dotted"));
  }

  @Test
  @Requirement({"R78", "R79"})
  void metadata_typeOfAKeyChanges_lastValueIsTheOnlyOne() {
    langfuse.run("number-then-text", o -> o.metadata("k", 1).metadata("k", "done"));
    langfuse.run("text-then-flag", o -> o.metadata("k", "pending").metadata("k", true));
    langfuse.run("flag-then-number", o -> o.metadata("k", false).metadata("k", 7));
    langfuse.run(
        "and-back", o -> o.metadata("k", 1).metadata("k", Map.of("a", 1)).metadata("k", 2));

    assertThat(sent("number-then-text").attributes()).isEqualTo(root("span", "metadata.k", "done"));
    assertThat(sink.span("text-then-flag").attributes())
        .isEqualTo(root("span", "metadata.k", "true"));
    assertThat(sink.span("flag-then-number").attributes())
        .isEqualTo(root("span", "metadata.k", "7"));
    assertThat(sink.span("and-back").attributes()).isEqualTo(root("span", "metadata.k", "2"));
  }

  static Stream<Arguments> contentValues() {
    return Stream.of(
        arguments("", ""),
        arguments("hi", "hi"),
        arguments("{\"a\":1}", "{\"a\":1}"),
        arguments("é \"quoted\"\n", "é \"quoted\"\n"),
        arguments(0, "0"),
        arguments(false, "false"),
        arguments(1.5, "1.5"),
        arguments(Map.of(), "{}"),
        arguments(List.of(), "[]"),
        arguments(Map.of("a", "é"), "{\"a\":\"é\"}"),
        arguments(Map.of("a", List.of(1, 2)), "{\"a\":[1,2]}"),
        arguments(Arrays.asList("x", null), "[\"x\",null]"));
  }

  @ParameterizedTest
  @MethodSource("contentValues")
  @Requirement({"R17", "R19", "R153"})
  void content_eachValue_isWrittenAsTheOtherSdksDo(Object value, String written) {
    langfuse.run("step", o -> o.input(value).output(value));

    assertThat(sent("step").attributes())
        .isEqualTo(root("span", "input", written, "output", written));
  }

  @Test
  @Requirement("R153")
  void content_isReadWhenItIsSet() {
    Map<String, Object> mutable = new LinkedHashMap<>(Map.of("state", "before"));
    langfuse.run(
        "step",
        o -> {
          o.input(mutable);
          mutable.put("state", "after");
        });

    assertThat(sent("step").observation("input")).isEqualTo("{\"state\":\"before\"}");
  }

  @Test
  @Requirement({"R41", "R44"})
  void captureContent_off_recordsNoContentAndReadsNone() {
    Langfuse blind = client(settings -> settings.captureContent(false));
    Object untouchable =
        new Object() {
          @SuppressWarnings("unused") // Jackson would call it
          public String getValue() {
            throw new AssertionError("content was read");
          }
        };
    blind.run("step", o -> o.input(untouchable).output("secret").metadata("k", "v"));
    assertThat(blind.flush()).isTrue();

    assertThat(sink.span("step").attributes()).isEqualTo(root("span", "metadata.k", "v"));
  }

  @Test
  @Requirement("R77")
  void metadata_fiveHundredKeys_allSurviveWithTheOutput() {
    langfuse.run(
        "wide",
        o -> {
          for (int i = 0; i < 500; i++) {
            o.metadata("key" + i, i);
          }
          o.output("last");
        });

    RecordedSpan span = sent("wide");
    assertThat(span.attributes()).hasSize(503).containsEntry("langfuse.observation.output", "last");
    assertThat(span.observation("metadata.key499")).isEqualTo(499L);
  }

  @Test
  @Requirement({"R116", "R118", "R119", "R156"})
  @SuppressWarnings("deprecation") // it is the subject
  void traceIo_override_leavesTheRootsOwn() {
    langfuse.run(
        "complex-pipeline",
        root -> {
          root.input("Step 1 data").output("Step 1 result");
          root.setTraceIO(Map.of("question", "User's actual question"), "Complete response");
        });

    assertThat(sent("complex-pipeline").attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "Step 1 data",
                "output",
                "Step 1 result",
                "langfuse.trace.input",
                "{\"question\":\"User's actual question\"}",
                "langfuse.trace.output",
                "Complete response"));
  }

  @Test
  @Requirement("R117")
  @SuppressWarnings("deprecation") // it is the subject
  void traceIo_current_isSetOnTheInnermost() {
    langfuse.run(
        "root", root -> langfuse.run("inner", inner -> langfuse.setCurrentTraceIO("q", null)));

    assertThat(sent("inner").attributes()).isEqualTo(child("span", "langfuse.trace.input", "q"));
    assertThat(sink.span("root").attributes()).isEqualTo(root("span"));
  }

  @Test
  @Requirement({"R112", "R113", "R114", "R115"})
  void traceIo_byDefault_isTheRootsAndOnlyTheRootIsMarked() {
    langfuse.run(
        "user-request",
        root -> {
          root.input(Map.of("query", "What is the capital of France?"));
          langfuse.run("llm", GENERATION, g -> g.input("inner").output("inner"));
          root.output("Paris");
        });

    assertThat(sent("user-request").attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "{\"query\":\"What is the capital of France?\"}",
                "output",
                "Paris"));
    assertThat(sink.span("llm").attributes())
        .isEqualTo(child("generation", "input", "inner", "output", "inner"));
  }

  @Test
  @Requirement("R116")
  void tracePublic_isAFlag() {
    langfuse.run("a", o -> o.setTraceAsPublic());
    langfuse.run("b", o -> langfuse.setCurrentTraceAsPublic());

    assertThat(sent("a").attributes()).isEqualTo(root("span", "langfuse.trace.public", true));
    assertThat(sink.span("b").attributes()).isEqualTo(root("span", "langfuse.trace.public", true));
  }
}
