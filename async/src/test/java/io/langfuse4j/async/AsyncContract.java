package io.langfuse4j.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AsyncShape.Script;
import io.langfuse4j.testing.ContractResults;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What observed methods with results of asynchronous libraries look like, whichever way they came
 * to be observed.
 */
@Requirement({"R26", "R28", "R40"})
@ExtendWith(ContractResults.class)
public abstract class AsyncContract {

  private final OtlpSink sink = new OtlpSink();
  private Langfuse langfuse;
  private AsyncSubject subject;

  /** The subject of {@link AnnotatedAsyncSubject}, observed by {@code langfuse}. */
  protected abstract AsyncSubject observed(Langfuse langfuse);

  @BeforeEach
  void start() {
    use(Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build());
  }

  private void use(Langfuse client) {
    if (langfuse != null) {
      langfuse.close();
    }
    langfuse = client;
    Langfuse.setDefault(client);
    subject = observed(client);
  }

  @AfterEach
  void stop() {
    Langfuse.setDefault(null);
    langfuse.close();
    sink.close();
  }

  private RecordedSpan span(String name) {
    assertThat(langfuse.flush()).isTrue();
    return sink.span(name);
  }

  private Object call(AsyncShape shape, RuntimeException failure) {
    return shape.call(subject, shape.source(new Script(langfuse, failure)));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void notSubscribed_isNeitherRunNorEnded(AsyncShape shape) {
    Object result = call(shape, null);

    langfuse.flush();
    assertThat(sink.names()).isEmpty();
    assertThat(result).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void eachSubscription_isAnObservation(AsyncShape shape) {
    Object result = call(shape, null);

    List<String> first = shape.collect(result, item -> {});
    List<String> second = shape.collect(result, item -> {});

    langfuse.flush();
    assertThat(sink.names().stream().filter(shape.method()::equals)).hasSize(2);
    assertThat(second).isEqualTo(first);
    assertThat(sink.spans().stream().filter(s -> s.name().equals(shape.method())))
        .allMatch(
            s ->
                shape == AsyncShape.COMPLETABLE
                    ? s.observation("output") == null
                    : s.observation("output").equals(String.join("", first)))
        .allMatch(s -> s.observation("input") != null);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void source_worksInside_consumerStaysOutside(AsyncShape shape) {
    List<String> seen = new ArrayList<>();

    String outer =
        langfuse.observe(
            "outer",
            o -> {
              shape.collect(call(shape, null), item -> seen.add(langfuse.currentObservationId()));
              return o.id();
            });

    RecordedSpan span = span(shape.method());
    assertThat(span.parentSpanId()).isEqualTo(outer);
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .isNotEmpty()
        .allMatch(s -> s.parentSpanId().equals(span.spanId()));
    assertThat(seen).isNotEmpty().containsOnly(outer);
    assertThat(langfuse.currentObservationId()).isNull();
    if (shape.many) {
      assertThat(span.observation("completion_start_time")).isNotNull();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void fails_isAnErrorAndTheSameException(AsyncShape shape) {
    IllegalStateException failure = new IllegalStateException("overloaded");
    Object result = call(shape, failure);

    assertThat(catchThrowable(() -> shape.collect(result, item -> {}))).isSameAs(failure);

    RecordedSpan span = span(shape.method());
    assertThat(span.observation("level")).isEqualTo("ERROR");
    assertThat(span.observation("status_message")).isEqualTo("overloaded");
    assertThat("ab".equals(span.observation("output"))).isEqualTo(shape.many);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void cancelled_endsWithWhatCame(AsyncShape shape) {
    if (shape.many) {
      shape.takeOne(call(shape, null));

      RecordedSpan span = span(shape.method());
      assertThat(span.observation("output")).isEqualTo("a");
      assertThat(span.observation("level")).isNull();
      sink.clear();
    }

    shape.subscribeAndCancel(shape.call(subject, shape.never()));

    assertThat(span(shape.method()).observation("level")).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void captureOff_recordsNeitherInputNorOutput(AsyncShape shape) {
    use(
        Langfuse.builder()
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .observeIoCapture(false)
            .build());

    shape.collect(call(shape, null), item -> {});

    assertThat(span(shape.method()).attributes())
        .containsKey("langfuse.observation.type")
        .doesNotContainKeys("langfuse.observation.input", "langfuse.observation.output");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void tracingOff_isTheSourceItself(AsyncShape shape) {
    use(Langfuse.builder().tracingEnabled(false).build());
    Object source = shape.never();

    assertThat(shape.call(subject, source)).isSameAs(source);
  }
}
