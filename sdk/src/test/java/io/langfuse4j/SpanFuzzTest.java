package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.internal.masking.SpanMasking;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.RecordedSpan.Event;
import io.langfuse4j.testing.RecordedSpan.Link;
import io.langfuse4j.testing.Requirement;
import io.langfuse4j.testing.Seeds;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random spans of other libraries through a mask, and through a server that refuses what is large:
 * each value arrives as the mask made it, and only what is too large for the server is cut. {@link
 * Seeds} tells how a failure is repeated.
 */
@Requirement("R153")
class SpanFuzzTest {

  private static final int SPANS = 30;

  /** Nothing shorter is ever cut. */
  private static final int WORTH_CUTTING = 1_024;

  private final OtlpSink sink = new OtlpSink();

  @AfterEach
  void close() {
    sink.close();
  }

  static LongStream seeds() {
    return Seeds.of(40);
  }

  /** Hides a word, makes a marker of what it does not like, and fails on some texts. */
  private static String mask(String key, String text) {
    if (text.startsWith("fail")) {
      throw new IllegalStateException(text);
    }
    return text.startsWith("none") ? null : text.replace("secret", "******");
  }

  /** What the mask makes of a text, on the wire. */
  private static String masked(String text) {
    boolean refused = text.startsWith("fail") || text.startsWith("none");
    return wire(refused ? SpanMasking.FAILED : text.replace("secret", "******"));
  }

  /** Halves of surrogate pairs do not survive UTF-8. */
  private static String wire(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySpan_masked_arrivesWithEveryNeighbour(long seed) throws Exception {
    Sent sent = send(new RandomSpans(seed));

    assertThat(arrived()).isEqualTo(sent.expected());
    assertThat(sent.stats().sent()).isEqualTo(SPANS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySpan_ofWhatTheServerRefuses_losesItsLargestTextsOnly(long seed) throws Exception {
    int limit = 1_500 + new Random(seed).nextInt(20_000);
    Set<String> refusedAlone = ConcurrentHashMap.newKeySet();
    sink.answeringRequests(request -> answer(request, limit, refusedAlone));
    Sent sent = send(new RandomSpans(seed));

    Map<String, Seen> arrived = arrived();
    sent.expected()
        .forEach(
            (name, expected) -> {
              Seen seen = arrived.get(name);
              if (!refusedAlone.contains(name)) {
                assertThat(seen).isEqualTo(expected);
              } else if (seen != null) {
                assertCut(seen, expected);
              }
            });
    LangfuseStats stats = sent.stats();
    assertThat(arrived).hasSize((int) stats.sent());
    assertThat(stats.sent() + stats.droppedRejected()).isEqualTo(SPANS);
    assertThat(stats.dropped()).isEqualTo(stats.droppedRejected());
  }

  private static Answer answer(Request request, int limit, Set<String> refusedAlone) {
    if (request.body().length <= limit) {
      return Answer.status(200);
    }
    if (request.spans().size() == 1) {
      refusedAlone.add(request.spans().get(0).name());
    }
    return Answer.status(413);
  }

  private static void assertCut(Seen seen, Seen expected) {
    assertThat(seen.attributes().keySet()).isEqualTo(expected.attributes().keySet());
    Map<String, Object> cut = new TreeMap<>(expected.attributes());
    seen.attributes()
        .forEach(
            (key, value) -> {
              if (!value.equals(cut.get(key))) {
                assertCut(key, value, cut.get(key));
                cut.put(key, value);
              }
            });
    assertThat(seen)
        .isEqualTo(new Seen(cut, expected.events(), expected.links(), expected.status()));
  }

  private static void assertCut(String key, Object value, Object whole) {
    assertThat(whole)
        .as(key)
        .isInstanceOfSatisfying(
            String.class, text -> assertThat(text).hasSizeGreaterThan(WORTH_CUTTING));
    String text = (String) value;
    int kept = text.indexOf("<truncated: the server refused the size; ");
    assertThat(kept).as(key).isPositive();
    assertThat((String) whole).startsWith(text.substring(0, kept));
  }

  /** Of a span, what somebody put into it. */
  private record Seen(
      Map<String, Object> attributes, List<Event> events, List<Link> links, String status) {}

  private record Sent(Map<String, Seen> expected, LangfuseStats stats) {}

  private Map<String, Seen> arrived() {
    return sink.spans().stream()
        .collect(
            Collectors.toMap(
                RecordedSpan::name,
                span ->
                    new Seen(
                        span.attributes(), span.events(), span.links(), span.statusMessage())));
  }

  private Sent send(RandomSpans random) throws InterruptedException {
    LangfuseSpanProcessor processor =
        LangfuseSpanProcessor.builder()
            .surroundings(Map.of(), ClientTest.NO_LOCAL_SERVER)
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .mask(SpanFuzzTest::mask)
            .shouldExportSpan(span -> true)
            .build();
    Remembered remembered = new Remembered();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSpanLimits(SpanLimits.builder().setMaxNumberOfAttributes(10_000).build())
            .addSpanProcessor(processor)
            .addSpanProcessor(remembered)
            .build()) {
      for (int i = 0; i < SPANS; i++) {
        random.span(provider, "span-" + i);
      }
      assertThat(processor.forceFlush().join(20, TimeUnit.SECONDS).isDone()).isTrue();
      return new Sent(expected(remembered.ended), processor.stats());
    }
  }

  private static Map<String, Seen> expected(List<SpanData> ended) {
    return ended.stream().collect(Collectors.toMap(SpanData::getName, SpanFuzzTest::seen));
  }

  private static Seen seen(SpanData span) {
    return new Seen(
        values(span.getAttributes()),
        span.getEvents().stream()
            .map(event -> new Event(masked(event.getName()), values(event.getAttributes())))
            .toList(),
        span.getLinks().stream()
            .map(
                link ->
                    new Link(
                        link.getSpanContext().getTraceId(),
                        link.getSpanContext().getSpanId(),
                        values(link.getAttributes())))
            .toList(),
        span.getStatus().getDescription().isEmpty()
            ? ""
            : masked(span.getStatus().getDescription()));
  }

  private static Map<String, Object> values(Attributes attributes) {
    Map<String, Object> values = new TreeMap<>();
    attributes.forEach((key, value) -> values.put(wire(key.getKey()), value(value)));
    return values;
  }

  private static Object value(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(SpanFuzzTest::value).toList();
    }
    if (value == null) {
      return RecordedSpan.NULL;
    }
    return value instanceof String text ? masked(text) : value;
  }

  /** Keeps what ended as it was before anybody masked or cut it. */
  private static final class Remembered implements SpanProcessor {
    final List<SpanData> ended = new CopyOnWriteArrayList<>();

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  /** Ends spans with whatever OpenTelemetry lets a library put into one. */
  private static final class RandomSpans {
    private final Random random;

    RandomSpans(long seed) {
      this.random = new Random(seed);
    }

    void span(SdkTracerProvider provider, String name) {
      SpanBuilder builder = provider.get("lib" + random.nextInt(3)).spanBuilder(name);
      for (int i = random.nextInt(3); i > 0; i--) {
        builder.addLink(linked(), attributes(5));
      }
      Span span = builder.setAllAttributes(attributes(20)).startSpan();
      for (int i = random.nextInt(4); i > 0; i--) {
        span.addEvent("event " + text(30), attributes(5));
      }
      if (random.nextInt(4) == 0) {
        span.recordException(new IllegalStateException(text(2_000)));
      }
      if (random.nextBoolean()) {
        span.setStatus(StatusCode.ERROR, text(200));
      }
      span.end();
    }

    private SpanContext linked() {
      return SpanContext.create(
          String.format("%032x", 1 + random.nextInt(Integer.MAX_VALUE)),
          String.format("%016x", 1 + random.nextInt(Integer.MAX_VALUE)),
          TraceFlags.getSampled(),
          TraceState.getDefault());
    }

    private Attributes attributes(int most) {
      AttributesBuilder attributes = Attributes.builder();
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        put(attributes, "key." + i + (random.nextBoolean() ? "" : "." + text(10)));
      }
      return attributes.build();
    }

    private void put(AttributesBuilder attributes, String key) {
      switch (random.nextInt(9)) {
        case 0 -> attributes.put(key, random.nextBoolean());
        case 1 -> attributes.put(key, random.nextLong());
        case 2 -> attributes.put(key, random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian());
        case 3 -> attributes.put(AttributeKey.longArrayKey(key), List.of(1L, random.nextLong()));
        case 4 -> attributes.put(AttributeKey.doubleArrayKey(key), List.of(Double.MIN_VALUE));
        case 5 -> attributes.put(AttributeKey.booleanArrayKey(key), List.of(true, false));
        case 6 -> attributes.put(AttributeKey.stringArrayKey(key), texts());
        default -> attributes.put(key, text(random.nextInt(6) == 0 ? 30_000 : 300));
      }
    }

    private List<String> texts() {
      List<String> texts = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        texts.add(random.nextInt(6) == 0 ? null : text(100));
      }
      return texts;
    }

    private String text(int most) {
      StringBuilder text = new StringBuilder();
      switch (random.nextInt(12)) {
        case 0 -> text.append("fail");
        case 1 -> text.append("none");
        case 2 -> text.append("secret");
        default -> {}
      }
      for (int i = random.nextInt(most); i > 0; i--) {
        switch (random.nextInt(40)) {
          case 0 -> text.append((char) (0xD800 + random.nextInt(0x800)));
          case 1 -> text.append("secret");
          case 2 -> text.appendCodePoint(0x1F600 + random.nextInt(50));
          case 3 -> text.append((char) random.nextInt(0x3000));
          default -> text.append((char) (' ' + random.nextInt(95)));
        }
      }
      return text.toString();
    }
  }
}
