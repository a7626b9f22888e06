package io.langfuse4j.conformance;

import static io.langfuse4j.ObservationType.EMBEDDING;
import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBuilder;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.Level;
import io.langfuse4j.ObservationType;
import io.langfuse4j.StartOptions;
import io.langfuse4j.TraceAttributes;
import io.langfuse4j.TraceContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** For each vector the calls that must produce it. */
final class VectorPrograms {

  /** How to set the client up, and what to do with it; given the name of the vector. */
  record Program(UnaryOperator<LangfuseBuilder> client, BiConsumer<Langfuse, String> calls) {}

  private static final String LONGEST = "u".repeat(200);
  private static final Instant NEW_YEAR = Instant.parse("2024-01-01T00:00:00Z");
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final Map<String, Program> programs = new LinkedHashMap<>();

  private VectorPrograms() {
    types();
    inputAndOutput();
    metadata();
    levels();
    modelCalls();
    traceAttributes();
    traceContexts();
    clients();
  }

  static Map<String, Program> all() {
    return new VectorPrograms().programs;
  }

  private void types() {
    for (ObservationType<?> type : ObservationType.values()) {
      program(
          "a " + type.name().toLowerCase(Locale.ROOT),
          (langfuse, name) -> langfuse.startObservation(name, type).end());
    }
  }

  private void inputAndOutput() {
    span("input: null", o -> o.input(null));
    span("input: empty string", o -> o.input(""));
    span("input: string", o -> o.input("hi"));
    span("input: string beyond ASCII", o -> o.input("café 東京 🌍"));
    span("input: JSON text", o -> o.input("{\"a\":1}"));
    span("input: zero", o -> o.input(0));
    span("input: false", o -> o.input(false));
    span("input: fraction", o -> o.input(1.5));
    span("input: empty map", o -> o.input(Map.of()));
    span("input: empty list", o -> o.input(List.of()));
    span("input: map", o -> o.input(Map.of("a", "é")));
    span("input: list in a map", o -> o.input(Map.of("a", List.of(1, 2))));
    span(
        "input: messages",
        o ->
            o.input(
                List.of(
                    Map.of("role", "system", "content", "Be brief."),
                    Map.of("role", "user", "content", "Capital of France?"))));
    span("input: moment", o -> o.input(NEW_YEAR));
    span("input: set, then null", o -> o.input("first").input(null));
    span("input: set twice", o -> o.input("first").input("second"));
    span("output: string", o -> o.output("Why did the span cross the road?"));
    span("output: map", o -> o.output(Map.of("temperature", "15°C")));
    span(
        "input and output, one after the other",
        o -> o.update(u -> u.input("question")).update(u -> u.output("answer")));
  }

  private void metadata() {
    span("metadata: string", o -> o.metadata("a", "x"));
    span("metadata: whole number", o -> o.metadata("a", 1));
    span("metadata: number beyond 2^53", o -> o.metadata("a", 9007199254740993L));
    span("metadata: boolean", o -> o.metadata("a", true));
    span("metadata: fraction", o -> o.metadata("a", 1.5));
    span("metadata: null", o -> o.metadata("a", null));
    span("metadata: map", o -> o.metadata("a", Map.of("b", 1)));
    span("metadata: list", o -> o.metadata("a", List.of(1, 2)));
    span("metadata: moment", o -> o.metadata("a", NEW_YEAR));
    span("metadata: empty", o -> o.metadata(Map.of()));
    span("metadata: dots in the key", o -> o.metadata("a.b", "x"));
    span(
        "metadata: several entries at once",
        o -> o.metadata(Map.of("step", 1, "kind", "retrieval")));
    span(
        "metadata: added by two updates",
        o -> o.metadata("first", true).metadata("second", Map.of("confidence", 0.9)));
    span("metadata: a key set twice", o -> o.metadata("a", 1).metadata("a", 2));
  }

  private void levels() {
    span("level: debug", o -> o.level(Level.DEBUG));
    span("level: default", o -> o.level(Level.DEFAULT));
    span("level: warning", o -> o.level(Level.WARNING));
    span("level: error", o -> o.level(Level.ERROR));
    span("level: error with a message", o -> o.level(Level.ERROR).statusMessage("quota used up"));
    span("level: a message, then error", o -> o.statusMessage("quota used up").level(Level.ERROR));
    span("level: error, then default", o -> o.level(Level.ERROR).level(Level.DEFAULT));
    span(
        "level: warning with a message",
        o -> o.level(Level.WARNING).statusMessage("two of five documents were empty"));
    span("level: set by an exception", o -> o.fail(new IOException("disk on fire")));
    span("level: set by an exception without a message", o -> o.fail(new IOException()));
    span("version", o -> o.version("2.1"));
  }

  private void modelCalls() {
    generation("model", g -> g.model("gpt-4o"));
    generation(
        "model parameters",
        g ->
            g.modelParameters(
                Map.of("temperature", 0.2, "max_tokens", 256, "stop", List.of("END"))));
    generation("usage: names of our own", g -> g.usage(u -> u.input(10).output(5)));
    generation(
        "usage: names of a provider",
        g -> g.usage(Map.of("input_tokens", 5L, "output_tokens", 50L)));
    generation(
        "usage: every bucket with a name",
        g ->
            g.usage(
                u ->
                    u.input(1)
                        .output(2)
                        .total(6)
                        .cachedInput(3)
                        .reasoningOutput(4)
                        .put("input_audio_tokens", 5)));
    generation(
        "usage: replaced, not merged", g -> g.usage(u -> u.input(3)).usage(u -> u.output(7)));
    generation(
        "cost: by bucket",
        g -> g.cost(Map.of("input", new BigDecimal("0.001"), "output", new BigDecimal("0.002"))));
    generation("cost: total", g -> g.cost(new BigDecimal("0.0031")));
    generation("completion start time", g -> g.completionStartTime(NEW_YEAR.plusMillis(125)));
    generation("prompt", g -> g.prompt("movie-critic", 3));
    program(
        "an embedding",
        (langfuse, name) ->
            langfuse
                .startObservation(name, EMBEDDING)
                .model("text-embedding-3-small")
                .usage(u -> u.input(12))
                .end());
    generation(
        "a whole generation",
        g ->
            g.model("gpt-4o")
                .modelParameters(Map.of("temperature", 0))
                .input(List.of(Map.of("role", "user", "content", "Capital of France?")))
                .output(Map.of("role", "assistant", "content", "Paris."))
                .usage(u -> u.input(14).output(2))
                .cost(new BigDecimal("0.000055"))
                .completionStartTime(NEW_YEAR)
                .metadata("attempt", 1)
                .level(Level.DEFAULT));
  }

  private void traceAttributes() {
    propagated("propagated: user", a -> a.userId("user_123"));
    propagated("propagated: session", a -> a.sessionId("session_abc"));
    propagated("propagated: version", a -> a.version("1.0"));
    propagated("propagated: trace name", a -> a.traceName("user-workflow"));
    propagated("propagated: environment", a -> a.environment("staging"));
    propagated("propagated: tags", a -> a.tags("beta", "authenticated-user", "beta"));
    propagated(
        "propagated: metadata",
        a -> a.metadata(Map.of("experiment", "variant_a")).metadata("env", "prod"));
    propagated(
        "propagated: metadata that is not text",
        a -> a.metadata("attempt", 3).metadata("dry_run", true));
    program(
        "propagated: blocks inside each other",
        (langfuse, name) ->
            Langfuse.propagateAttributes(
                    a ->
                        a.userId("outer")
                            .sessionId("outer")
                            .tags("a", "b")
                            .metadata("outer", "1")
                            .metadata("both", "outer"))
                .run(
                    () ->
                        Langfuse.propagateAttributes(
                                a ->
                                    a.userId("inner")
                                        .tags("b", "c")
                                        .metadata("both", "inner")
                                        .metadata("inner", "2"))
                            .run(() -> langfuse.startObservation(name).end())));
    propagated("propagated: 200 characters", a -> a.userId(LONGEST));
    propagated("propagated: 201 characters", a -> a.userId(LONGEST + "u").sessionId("kept"));
    propagated(
        "propagated: a metadata key with a blank",
        a -> a.metadata("bad key!", "dropped").metadata("good_key", "kept"));
    program(
        "propagated: prompt",
        (langfuse, name) ->
            Langfuse.propagateAttributes(a -> a.prompt("movie-critic", 3))
                .run(() -> langfuse.startObservation(name, GENERATION).end()));
    program(
        "propagated: prompt, but the observation has its own",
        (langfuse, name) ->
            Langfuse.propagateAttributes(a -> a.prompt("movie-critic", 3))
                .run(() -> langfuse.startObservation(name, GENERATION).prompt("summary", 1).end()));
    program(
        "propagated: version, but the observation has its own",
        (langfuse, name) ->
            Langfuse.propagateAttributes(a -> a.version("1.0"))
                .run(() -> langfuse.startObservation(name).version("2.0").end()));
    span("trace: public", o -> o.setTraceAsPublic());
    span("trace: input and output", VectorPrograms::setTraceIO);
  }

  @SuppressWarnings("deprecation")
  private static void setTraceIO(LangfuseSpan span) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("final_answer", "Complete response");
    answer.put("confidence", 0.95);
    span.input("Step 1 data")
        .output("Step 1 result")
        .setTraceIO(Map.of("original_query", "User's actual question"), answer);
  }

  private void traceContexts() {
    joined("joined: trace and parent", o -> o.parent(TraceContext.of(TRACE, "b7ad6b7169203331")));
    joined("joined: trace alone", o -> o.parent(TraceContext.of(TRACE)));
    joined(
        "joined: trace from a seed",
        o -> o.parent(TraceContext.of(Langfuse.createTraceId("req_12345"))));
  }

  private void clients() {
    client("client: environment", b -> b.environment("production"), o -> {});
    client("client: release", b -> b.release("2026.11.1"), o -> {});
    client(
        "client: content is not captured",
        b -> b.captureContent(false),
        o -> o.input("secret").output("secret").metadata("kept", true));
  }

  private void span(String name, Consumer<LangfuseSpan> calls) {
    client(name, UnaryOperator.identity(), calls);
  }

  private void client(
      String name, UnaryOperator<LangfuseBuilder> client, Consumer<LangfuseSpan> calls) {
    programs.put(
        name,
        new Program(
            client, (langfuse, given) -> langfuse.startObservation(given).update(calls).end()));
  }

  private void generation(String name, Consumer<LangfuseGeneration> calls) {
    program(
        name,
        (langfuse, given) -> langfuse.startObservation(given, GENERATION).update(calls).end());
  }

  private void propagated(String name, Consumer<TraceAttributes> attributes) {
    program(
        name,
        (langfuse, given) ->
            Langfuse.propagateAttributes(attributes)
                .run(() -> langfuse.startObservation(given).end()));
  }

  private void joined(String name, Consumer<StartOptions> options) {
    program(
        name,
        (langfuse, given) -> langfuse.startObservation(given, ObservationType.SPAN, options).end());
  }

  private void program(String name, BiConsumer<Langfuse, String> calls) {
    programs.put(name, new Program(UnaryOperator.identity(), calls));
  }
}
