package io.langfuse4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Observed methods that return Mono and Flux. */
@Requirement({"R26", "R40"})
class ReactorResultTest {

  /** What an application has. */
  interface Model {
    Mono<String> ask(Mono<String> answer);

    @Observe(type = Observe.Type.GENERATION)
    Flux<String> stream(Flux<String> answer);
  }

  private static final class EchoModel implements Model {
    @Override
    public Mono<String> ask(Mono<String> answer) {
      return answer;
    }

    @Override
    public Flux<String> stream(Flux<String> answer) {
      return answer;
    }
  }

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
  private final Model model = langfuse.observed(Model.class, new EchoModel());

  @BeforeAll
  static void propagate() {
    Hooks.enableAutomaticContextPropagation();
  }

  @AfterAll
  static void restore() {
    Hooks.disableAutomaticContextPropagation();
  }

  @AfterEach
  void close() {
    langfuse.close();
    sink.close();
  }

  private RecordedSpan span(String name) {
    assertThat(langfuse.flush()).isTrue();
    return sink.span(name);
  }

  private String child(String result) {
    return langfuse.observe("child", o -> result);
  }

  @Test
  void mono_notSubscribed_isNotRun() {
    Mono<String> result = model.ask(Mono.fromSupplier(() -> child("x")));

    langfuse.flush();
    assertThat(sink.names()).isEmpty();
    assertThat(result.block()).isEqualTo("x");
    assertThat(span("ask").observation("output")).isEqualTo("x");
    assertThat(sink.span("child").parentSpanId()).isEqualTo(span("ask").spanId());
  }

  @Test
  void mono_eachSubscription_isAnObservation() {
    Mono<String> result = model.ask(Mono.just("x"));

    result.block();
    result.block();

    langfuse.flush();
    assertThat(sink.names()).containsExactly("ask", "ask");
  }

  @Test
  void mono_fails_isAnErrorAndTheSameException() {
    IllegalStateException failure = new IllegalStateException("overloaded");

    Throwable thrown = catchThrowable(() -> model.ask(Mono.error(failure)).block());

    assertThat(thrown).isSameAs(failure);
    assertThat(span("ask").observation("level")).isEqualTo("ERROR");
    assertThat(span("ask").observation("status_message")).isEqualTo("overloaded");
  }

  @Test
  void flux_recordsJoinedTextAndTimeToFirstItem() {
    Flux<String> tokens = Flux.just("Hel", "lo").delayElements(Duration.ofMillis(5));

    assertThat(model.stream(tokens).collectList().block()).containsExactly("Hel", "lo");

    RecordedSpan span = span("stream");
    assertThat(span.observation("output")).isEqualTo("Hello");
    assertThat(span.observation("completion_start_time")).isNotNull();
    assertThat(span.type()).isEqualTo("generation");
  }

  @Test
  void flux_cancelled_keepsWhatCame() {
    assertThat(model.stream(Flux.just("a", "b", "c")).take(2).collectList().block())
        .containsExactly("a", "b");

    RecordedSpan span = span("stream");
    assertThat(span.observation("output")).isEqualTo("ab");
    assertThat(span.observation("level")).isNull();
  }

  @Test
  @Requirement("R76")
  void flux_operatorsOnOtherThreads_areInsideTheObservation() {
    Flux<String> tokens =
        Flux.just("a", "b").publishOn(Schedulers.boundedElastic()).map(this::child);

    String outer =
        langfuse.observe(
            "outer",
            o -> {
              model.stream(tokens).collectList().block();
              return o.id();
            });

    RecordedSpan stream = span("stream");
    assertThat(stream.parentSpanId()).isEqualTo(outer);
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .hasSize(2)
        .allMatch(s -> s.parentSpanId().equals(stream.spanId()));
  }

  @Test
  void flux_consumer_staysWhereItIs() {
    List<String> ids =
        langfuse.observe(
            "outer",
            o ->
                model.stream(Flux.just("a"))
                    .map(x -> langfuse.currentObservationId())
                    .collectList()
                    .block());

    assertThat(ids).containsExactly(span("outer").spanId());
  }

  @Test
  void function_returningFlux_isObserved() {
    UnaryOperator<Flux<String>> function =
        langfuse.observed("function").operator(flux -> flux.map(String::trim));

    assertThat(function.apply(Flux.just(" a ")).blockLast()).isEqualTo("a");
    assertThat(span("function").observation("output")).isEqualTo("a");
  }
}
