package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attributes of the whole trace. */
class PropagationTest extends ClientTest {

  private static Object[] everything() {
    return new Object[] {
      "user.id", "user_123",
      "session.id", "session_abc",
      "langfuse.trace.metadata.experiment", "variant_a",
      "langfuse.trace.metadata.env", "prod",
      "langfuse.version", "1.0",
      "langfuse.trace.name", "user-workflow",
      "langfuse.trace.tags", List.of("beta", "eu"),
      "langfuse.environment", "staging"
    };
  }

  private static PropagationScope propagateEverything() {
    return Langfuse.propagateAttributes(
        a ->
            a.userId("user_123")
                .sessionId("session_abc")
                .metadata(Map.of("experiment", "variant_a", "env", "prod"))
                .version("1.0")
                .traceName("user-workflow")
                .tags("beta", "eu")
                .environment("staging"));
  }

  @Test
  @Requirement({
    "R87", "R88", "R89", "R90", "R91", "R92", "R93", "R94", "R95", "R96", "R97", "R156"
  })
  void propagate_everyAttribute_reachesWhatStartsInsideAndTheCurrentSpan() {
    langfuse.run(
        "root",
        root -> {
          LangfuseSpan early = langfuse.startObservation("early");
          try (PropagationScope scope = propagateEverything()) {
            langfuse.run("callback", GENERATION, g -> callLlm());
            try (LangfuseSpan active = langfuse.startActiveObservation("scope")) {
              active.startObservation("plain").end();
            }
            Span raw = langfuse.tracerProvider().get("litellm").spanBuilder("raw").startSpan();
            raw.end();
          }
          langfuse.run("later", o -> {});
          early.end();
        });

    assertThat(sent("root").attributes()).isEqualTo(root("span", everything()));
    assertThat(sink.span("callback").attributes()).isEqualTo(child("generation", everything()));
    for (String name : List.of("nested", "scope", "plain")) {
      assertThat(sink.span(name).attributes()).as(name).isEqualTo(child("span", everything()));
    }
    Map<String, Object> raw = child("", everything());
    raw.remove("langfuse.observation.type");
    assertThat(sink.span("raw").attributes()).isEqualTo(raw);
    assertThat(sink.span("early").attributes()).isEqualTo(child("span"));
    assertThat(sink.span("later").attributes()).isEqualTo(child("span"));
  }

  private void callLlm() {
    langfuse.run("nested", o -> {});
  }

  @Test
  @Requirement("R98")
  void propagate_withNothingActive_reachesTheRootToCome() {
    try (PropagationScope scope = Langfuse.propagateAttributes(a -> a.userId("u"))) {
      langfuse.run("root", o -> {});
    }
    langfuse.run("after", o -> {});

    assertThat(sent("root").attributes()).isEqualTo(root("span", "user.id", "u"));
    assertThat(sink.span("after").attributes()).isEqualTo(root("span"));
  }

  @Test
  @Requirement("R99")
  void propagate_runAndCall_areScopes() throws Exception {
    Langfuse.propagateAttributes(a -> a.userId("run")).run(() -> langfuse.run("run", o -> {}));
    String result =
        Langfuse.propagateAttributes(a -> a.userId("call"))
            .call(() -> langfuse.observe("call", o -> "result"));

    assertThat(result).isEqualTo("result");
    assertThat(sent("run").attributes()).isEqualTo(root("span", "user.id", "run"));
    assertThat(sink.span("call").attributes()).isEqualTo(root("span", "user.id", "call"));
  }

  @Test
  @Requirement("R100")
  void propagate_nested_addsMetadataAndTagsAndReplacesTheRest() {
    try (PropagationScope outer =
        Langfuse.propagateAttributes(
            a ->
                a.userId("outer")
                    .sessionId("s")
                    .metadata("a", 1)
                    .metadata("b", 1)
                    .tags("x", "y"))) {
      try (PropagationScope inner =
          Langfuse.propagateAttributes(
              a -> a.userId("inner").metadata("b", 2).metadata("c", true).tags("y", "z"))) {
        langfuse.run("inside", o -> {});
      }
      langfuse.run("outside", o -> {});
    }

    assertThat(sent("inside").attributes())
        .isEqualTo(
            root(
                "span",
                "user.id",
                "inner",
                "session.id",
                "s",
                "langfuse.trace.metadata.a",
                "1",
                "langfuse.trace.metadata.b",
                "2",
                "langfuse.trace.metadata.c",
                "true",
                "langfuse.trace.tags",
                List.of("x", "y", "z")));
    assertThat(sink.span("outside").attributes())
        .isEqualTo(
            root(
                "span",
                "user.id",
                "outer",
                "session.id",
                "s",
                "langfuse.trace.metadata.a",
                "1",
                "langfuse.trace.metadata.b",
                "1",
                "langfuse.trace.tags",
                List.of("x", "y")));
  }

  @Test
  @Requirement({"R101", "R103", "R105"})
  void propagate_lengths_areCountedInCodePointsAndTheValueIsDroppedAlone() {
    String fits = "\uD83D\uDE00".repeat(200);
    String tooLong = "x".repeat(201);
    try (PropagationScope scope =
        Langfuse.propagateAttributes(
            a ->
                a.userId(tooLong)
                    .sessionId(fits)
                    .version("x".repeat(200))
                    .traceName(tooLong)
                    .tags(tooLong, "kept")
                    .metadata("long", tooLong)
                    .metadata("short", "s"))) {
      langfuse.run("root", o -> {});
    }

    assertThat(sent("root").attributes())
        .isEqualTo(
            root(
                "span",
                "session.id",
                fits,
                "langfuse.version",
                "x".repeat(200),
                "langfuse.trace.tags",
                List.of("kept"),
                "langfuse.trace.metadata.short",
                "s"));
  }

  @Test
  @Requirement({"R102", "R103", "R105"})
  void propagate_keysAndEnvironment_outsideTheRulesAreDropped() {
    try (PropagationScope scope =
        Langfuse.propagateAttributes(
            a ->
                a.metadata("bad key!", 1)
                    .metadata("", 1)
                    .metadata("customer_tier", "gold")
                    .environment("Prod!"))) {
      langfuse.run("root", o -> {});
    }

    assertThat(sent("root").attributes())
        .isEqualTo(root("span", "langfuse.trace.metadata.customer_tier", "gold"));
  }

  @Test
  @Requirement({"R103", "R105"})
  void propagate_nullsAndValuesThatThrow_areDroppedAndNeverThrow() {
    Object rude =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    try (PropagationScope scope =
        Langfuse.propagateAttributes(
            a ->
                a.userId(null)
                    .sessionId(null)
                    .environment(null)
                    .tags((String) null)
                    .tags((String[]) null)
                    .tags((java.util.List<String>) null)
                    .metadata(null)
                    .tags(Arrays.asList(null, "kept"))
                    .metadata("null", null)
                    .metadata(null, "x")
                    .metadata("rude", rude)
                    .metadata("good", 1))) {
      langfuse.run("root", o -> {});
    }

    assertThat(sent("root").attributes())
        .isEqualTo(
            root(
                "span",
                "langfuse.trace.tags",
                List.of("kept"),
                "langfuse.trace.metadata.good",
                "1"));
  }

  @Test
  @Requirement("R154")
  void metadata_ofObservationAndTrace_areDifferentThings() {
    try (PropagationScope scope =
        Langfuse.propagateAttributes(a -> a.metadata("k", "of the trace"))) {
      langfuse.run("root", o -> o.metadata("k", "of the step"));
    }

    assertThat(sent("root").attributes())
        .isEqualTo(
            root("span", "langfuse.trace.metadata.k", "of the trace", "metadata.k", "of the step"));
  }

  @Test
  @Requirement("R90")
  void version_onAnObservation_replacesThePropagatedOne() {
    try (PropagationScope scope = Langfuse.propagateAttributes(a -> a.version("trace"))) {
      langfuse.run("own", o -> o.version("own"));
      langfuse.run("other", o -> {});
    }

    assertThat(sent("own").attributes()).isEqualTo(root("span", "langfuse.version", "own"));
    assertThat(sink.span("other").attributes())
        .isEqualTo(root("span", "langfuse.version", "trace"));
  }

  @Test
  @Requirement("R93")
  void prompt_propagated_yieldsToTheObservationsOwn() {
    try (PropagationScope scope = Langfuse.propagateAttributes(a -> a.prompt("shared", 2))) {
      langfuse.run("inherits", GENERATION, g -> {});
      langfuse.run("own", GENERATION, g -> g.prompt("mine", 5));
    }

    assertThat(sent("inherits").attributes())
        .isEqualTo(root("generation", "prompt.name", "shared", "prompt.version", 2L));
    assertThat(sink.span("own").attributes())
        .isEqualTo(root("generation", "prompt.name", "mine", "prompt.version", 5L));
  }

  @Test
  @Requirement({"R93", "R48"})
  void propagate_childOfAHandleStartedInside_inheritsOnAnotherThread() throws Exception {
    LangfuseSpan handle;
    try (PropagationScope scope = Langfuse.propagateAttributes(a -> a.userId("u"))) {
      handle = langfuse.startObservation("handle");
    }
    Thread other = new Thread(() -> handle.startObservation("child").end());
    other.start();
    other.join();
    handle.end();

    assertThat(sent("child").attributes()).isEqualTo(child("span", "user.id", "u"));
  }

  @Test
  @Requirement("R93")
  void environmentAndRelease_ofTheClient_areOnEverySpanAndTheResource() {
    Langfuse tagged = client(s -> s.environment("production").release("v1.2"));
    tagged.run("root", o -> {});
    assertThat(tagged.flush()).isTrue();

    RecordedSpan root = sink.span("root");
    assertThat(root.attributes())
        .isEqualTo(root("span", "langfuse.environment", "production", "langfuse.release", "v1.2"));
    assertThat(root.resourceAttributes())
        .containsEntry("langfuse.environment", "production")
        .containsEntry("langfuse.release", "v1.2")
        .containsEntry("telemetry.sdk.language", "java")
        .containsKeys("service.name", "telemetry.sdk.name", "telemetry.sdk.version");
  }
}
