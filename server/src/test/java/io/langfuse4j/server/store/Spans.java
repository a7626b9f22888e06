package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Source;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.ToolCall;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.TraceUpdate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spans for store tests: plain ones to vary, and one that uses every field. */
public final class Spans {
  public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final String traceId;
  private final String id;
  private String parentId;
  private ObservationType type = ObservationType.SPAN;
  private String name = "work";
  private Instant start = START;
  private Instant end = START.plusMillis(500);
  private Level level = Level.DEFAULT;
  private String model;
  private Map<String, Long> usage = Map.of();
  private Map<String, BigDecimal> cost = Map.of();
  private String input;
  private String output;
  private String metadata = "{}";
  private String environment = "default";
  private String userId;
  private String sessionId;
  private List<String> tags = List.of();
  private String traceName;

  private Spans(String traceId, String id) {
    this.traceId = traceId;
    this.id = id;
  }

  public static Spans span(String traceId, String id) {
    return new Spans(traceId, id);
  }

  public Spans parent(String value) {
    parentId = value;
    return this;
  }

  public Spans type(ObservationType value) {
    type = value;
    return this;
  }

  public Spans name(String value) {
    name = value;
    return this;
  }

  public Spans at(long startMillis, long endMillis) {
    start = START.plusMillis(startMillis);
    end = START.plusMillis(endMillis);
    return this;
  }

  public Spans running() {
    end = null;
    return this;
  }

  public Spans level(Level value) {
    level = value;
    return this;
  }

  public Spans model(String value, long inputTokens, long outputTokens, String totalCost) {
    model = value;
    usage = new LinkedHashMap<>();
    usage.put("input", inputTokens);
    usage.put("output", outputTokens);
    usage.put("total", inputTokens + outputTokens);
    cost = Map.of("total", new BigDecimal(totalCost));
    return this;
  }

  /** Names a model and says nothing else about it. */
  public Spans calls(String value) {
    model = value;
    return this;
  }

  /** Names a model and counts tokens, without a cost. */
  public Spans calls(String value, long inputTokens, long outputTokens) {
    model(value, inputTokens, outputTokens, "0");
    cost = Map.of();
    return this;
  }

  public Spans content(String in, String out) {
    input = in;
    output = out;
    return this;
  }

  public Spans metadata(String value) {
    metadata = value;
    return this;
  }

  public Spans environment(String value) {
    environment = value;
    return this;
  }

  public Spans user(String value) {
    userId = value;
    return this;
  }

  public Spans session(String value) {
    sessionId = value;
    return this;
  }

  public Spans tags(String... values) {
    tags = List.of(values);
    return this;
  }

  public Spans traceName(String value) {
    traceName = value;
    return this;
  }

  /** As a root says everything about its trace. */
  public MappedSpan root() {
    return new MappedSpan(observation(true), update(TraceUpdate.Kind.ROOT, nameOfTrace()));
  }

  /** As a child that carries trace attributes. */
  public MappedSpan update() {
    return new MappedSpan(observation(false), update(TraceUpdate.Kind.UPDATE, traceName));
  }

  /** As a child that says nothing about its trace. */
  public MappedSpan child() {
    return new MappedSpan(observation(false), TraceUpdate.firstSight(traceId, start, environment));
  }

  private String nameOfTrace() {
    return traceName == null ? name : traceName;
  }

  private TraceUpdate update(TraceUpdate.Kind kind, String tracesName) {
    return new TraceUpdate(
        kind,
        traceId,
        start,
        environment,
        tracesName,
        userId,
        sessionId,
        null,
        null,
        null,
        tags,
        input,
        output,
        metadata);
  }

  private Observation observation(boolean root) {
    return new Observation(
        new Identity(traceId, id, parentId),
        type,
        name,
        new Timing(start, end, null),
        level,
        null,
        environment,
        null,
        null,
        new Content(input, output, metadata, "{}"),
        new ModelCall(model, "{}", usage, cost, null, null),
        new TraceAttributes(traceName, userId, sessionId, tags, null),
        Tools.NONE,
        null,
        Source.UNKNOWN,
        root,
        false);
  }

  /** An observation that has a value in every field. */
  static Observation complete(String traceId, String id) {
    Map<String, Long> usage = new LinkedHashMap<>();
    usage.put("input", 12L);
    usage.put("output", 34L);
    usage.put("total", 46L);
    return new Observation(
        new Identity(traceId, id, "parent"),
        ObservationType.GENERATION,
        "complete",
        new Timing(START, START.plusMillis(1234), START.plusMillis(99)),
        Level.WARNING,
        "careful",
        "staging",
        "1.2",
        "r3",
        new Content(
            "{\"question\":\"why?\"}",
            "because ✓ " + "long ".repeat(200),
            "{\"a\":{\"b\":1}}",
            "{\"a.b\":\"1\"}"),
        new ModelCall(
            "gpt-4o",
            "{\"temperature\":0.2}",
            usage,
            Map.of("total", new BigDecimal("0.000000000123")),
            "prompt",
            7),
        new TraceAttributes("named", "user", "session", List.of("a", "b"), true),
        new Tools(Map.of("search", "{}"), List.of(new ToolCall("search", "{\"id\":\"1\"}"))),
        new Experiment(
            "e",
            "experiment",
            "description",
            Map.of("k", "v"),
            "dataset",
            "item",
            START,
            "expected",
            Map.of("i", "j"),
            "rootspan"),
        new Source("service", "1", "scope", "2", "java", "opentelemetry", "3"),
        false,
        true);
  }
}
