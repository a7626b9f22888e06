package io.langfuse4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.langfuse4j.Langfuse;
import io.langfuse4j.OutputTransform;
import io.langfuse4j.TraceContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an observed call looks like, whichever way it came to be observed. Every way in extends this
 * and says how it makes a {@link Subject}.
 */
@ExtendWith(ContractResults.class)
public abstract class ObserveContract {

  private static final String TYPE = "langfuse.observation.type";
  private static final String ROOT = "langfuse.internal.is_app_root";
  private static final String NO_ANNOTATION = "a function has no annotation and no parameter names";
  private static final String NO_DECLARED_TYPE =
      "a function does not declare its result's type, so an object of a public class stays itself";

  /** From the beginning of the process, because what is said is said once in its life. */
  private static final RecordedLogs LOGS = RecordedLogs.besideTheConsole();

  protected final OtlpSink sink = new OtlpSink();
  protected Langfuse langfuse;
  protected Subject subject;

  /** The subject of {@link AnnotatedSubject}, observed by {@code langfuse}. */
  protected abstract Subject observed(Langfuse langfuse);

  /**
   * An {@link AnnotatedClass}, observed by {@code langfuse}; called after {@link
   * #observed(Langfuse)}.
   *
   * @return null for ways in without annotations
   */
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return null;
  }

  /** How one argument of that name is recorded. */
  protected Object input(String name, String value) {
    return "{\"" + name + "\":\"" + value + "\"}";
  }

  /** False for ways in that know neither annotations nor parameters. */
  protected boolean readsAnnotations() {
    return true;
  }

  /** False for ways in that see results but no method. */
  protected boolean knowsTheDeclaredType() {
    return true;
  }

  /** True for the way in that finds annotations on the methods of an interface. */
  protected boolean readsInterfaces() {
    return false;
  }

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

  protected final RecordedSpan span(String name) {
    assertThat(langfuse.flush()).isTrue();
    return sink.span(name);
  }

  /** For results that finish on somebody else's thread. */
  protected final RecordedSpan eventually(String name) {
    await().until(() -> langfuse.flush() && sink.names().contains(name));
    return sink.span(name);
  }

  private void assertNothingEnded() {
    langfuse.flush();
    assertThat(sink.names()).isEmpty();
  }

  @Test
  @Requirement({"R30", "R31", "R32", "R33", "R37", "R38"})
  void call_returns_recordsNameTypeInputAndOutput() {
    String result = subject.answer("ha", 2);

    assertThat(result).isEqualTo("haha");
    RecordedSpan span = span("llm-call");
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                TYPE,
                "generation",
                "langfuse.observation.input",
                readsAnnotations() ? "{\"question\":\"ha\",\"times\":2}" : "[\"ha\",2]",
                "langfuse.observation.output",
                "haha",
                ROOT,
                true));
  }

  @Test
  @Requirement({"R36", "R39"})
  void call_withoutOptions_isASpanNamedForTheMethod() {
    subject.nothing("x");

    RecordedSpan span = span("nothing");
    assertThat(span.type()).isEqualTo("span");
    assertThat(span.observation("input")).isEqualTo(input("text", "x"));
    assertThat(span.observation("output")).isNull();
  }

  @Test
  void call_parametersRenamedOrLeftOut_recordsWhatIsAllowed() {
    assumeTrue(readsAnnotations(), NO_ANNOTATION);

    subject.renamed("hello", "secret");

    assertThat(span("renamed").observation("input")).isEqualTo("{\"words\":\"hello\"}");
  }

  @Test
  void annotation_onAClass_coversItsPublicMethods() {
    Subject.Whole whole = observedClass(langfuse);
    assumeTrue(whole != null, NO_ANNOTATION);

    assertThat(whole.covered("x") + whole.own("y")).isEqualTo("xy");
    assertThat(whole.toString()).isNotNull();

    RecordedSpan covered = span("covered");
    assertThat(sink.names()).containsExactly("covered", "mine");
    assertThat(covered.type()).isEqualTo("tool");
    assertThat(covered.observation("input")).isEqualTo("{\"text\":\"x\"}");
    assertThat(covered.observation("output")).isNull();
    assertThat(sink.span("mine").type()).isEqualTo("span");
    assertThat(sink.span("mine").observation("output")).isEqualTo("y");
  }

  @Test
  @Requirement("R47")
  void call_insideAnObservation_isItsChild() {
    langfuse.run("outer", o -> subject.nothing("x"));

    assertThat(span("nothing").parentSpanId()).isEqualTo(sink.span("outer").spanId());
    assertThat(langfuse.currentObservationId()).isNull();
  }

  @Test
  @Requirement({"R27", "R35"})
  void call_throws_recordsAndRethrowsTheSameInstance() {
    for (Throwable failure :
        List.of(new IOException("disk"), new InterruptedException("stop"), new AssertionError())) {
      sink.clear();

      assertThat(catchThrowable(() -> subject.fail(failure))).isSameAs(failure);

      RecordedSpan span = span("fail");
      assertThat(span.observation("level")).isEqualTo("ERROR");
      assertThat(span.observation("status_message"))
          .isEqualTo(
              failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
      assertThat(span.observation("output")).isNull();
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  @Requirement({"R41", "R44"})
  void captureInput_false_readsNothing() {
    Subject.Counting argument = new Subject.Counting();

    subject.withoutInput(argument);

    RecordedSpan span = span("withoutInput");
    assertThat(span.observation("input")).isNull();
    assertThat(span.observation("output")).isEqualTo("done");
    assertThat(argument.reads).isZero();
  }

  @Test
  @Requirement({"R42", "R44"})
  void captureOutput_false_readsNothing() {
    Subject.Counting result = subject.withoutOutput("x");

    RecordedSpan span = span("withoutOutput");
    assertThat(span.observation("input")).isEqualTo(input("text", "x"));
    assertThat(span.observation("output")).isNull();
    assertThat(result.reads).isZero();
  }

  @Test
  @Requirement("R44")
  void captureOff_resultsThatComeLater_areNotReadEither() {
    Subject.Counting counting = new Subject.Counting();
    CompletableFuture<Subject.Counting> source = new CompletableFuture<>();

    CompletableFuture<Subject.Counting> future = subject.quietFuture(source);
    source.complete(counting);

    assertThat(future.join()).isSameAs(counting);
    assertThat(subject.quietStream(Stream.of(counting, counting))).hasSize(2);
    assertThat(span("quietFuture").attributes()).isEqualTo(Map.of(TYPE, "span", ROOT, true));
    assertThat(span("quietStream").attributes()).isEqualTo(Map.of(TYPE, "span", ROOT, true));
    assertThat(counting.reads).isZero();
  }

  @Test
  @Requirement("R44")
  void captureContent_offEverywhere_readsNothing() {
    use(
        Langfuse.builder()
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .captureContent(false)
            .build());
    Subject.Counting argument = new Subject.Counting();

    subject.withoutInput(argument);
    Subject.Counting result = subject.withoutOutput("x");
    subject.always("x");

    assertThat(span("always").attributes()).isEqualTo(Map.of(TYPE, "span", ROOT, true));
    assertThat(sink.spans())
        .extracting(RecordedSpan::attributes)
        .allSatisfy(attributes -> assertThat(attributes).containsOnlyKeys(TYPE, ROOT));
    assertThat(argument.reads + result.reads).isZero();
  }

  @Test
  @Requirement("R43")
  void ioCapture_offByDefault_recordsOnlyWhereAskedFor() {
    use(
        Langfuse.builder()
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .observeIoCapture(false)
            .build());

    subject.answer("ha", 2);
    subject.always("x");

    assertThat(span("llm-call").attributes())
        .doesNotContainKeys("langfuse.observation.input", "langfuse.observation.output");
    assertThat(sink.span("always").observation("input")).isEqualTo(input("text", "x"));
    assertThat(sink.span("always").observation("output")).isEqualTo("x");
  }

  @Test
  void call_argumentCannotBeRead_goesOn() {
    Subject.Unreadable argument = new Subject.Unreadable();

    assertThat(subject.unreadable(argument)).isSameAs(argument);
    assertThat(span("unreadable").observation("level")).isNull();
  }

  @Test
  void call_throughAProxyOfOursToo_isObservedOnce() {
    assumeTrue(readsAnnotations(), "a function does not know which method it calls");
    Subject proxy = langfuse.observed(Subject.class, subject);

    assertThat(proxy.answer("ha", 2)).isEqualTo("haha");
    proxy.always("x");
    subject.always("y");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("llm-call", "always", "always");
  }

  @Test
  void call_tracingOff_isThePlainCall() {
    use(Langfuse.builder().tracingEnabled(false).build());
    Subject.Counting argument = new Subject.Counting();
    Stream<String> stream = Stream.of("a");

    assertThat(subject.answer("ha", 2)).isEqualTo("haha");
    assertThat(subject.withoutInput(argument)).isEqualTo("done");
    assertThat(subject.stream(stream)).isSameAs(stream);
    assertThat(argument.reads).isZero();
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  void joinTrace_aroundTheCall_joinsItAndOnlyIt() {
    String trace = Langfuse.createTraceId("seed");

    Langfuse.joinTrace(TraceContext.of(trace, "00f067aa0ba902b7"))
        .run(() -> subject.answer("ha", 1));
    Langfuse.joinTrace(TraceContext.of(trace)).run(() -> subject.always("x"));
    subject.nothing("x");

    assertThat(span("llm-call").traceId()).isEqualTo(trace);
    assertThat(sink.span("llm-call").parentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(sink.span("always").traceId()).isEqualTo(trace);
    assertThat(sink.span("nothing").traceId()).isNotEqualTo(trace);
  }

  @Test
  void traceContextParameter_joinsTheTraceAndIsNotInput() {
    assumeTrue(readsAnnotations(), NO_ANNOTATION);
    String trace = Langfuse.createTraceId("seed");

    subject.joining(TraceContext.of(trace), "x");
    subject.joining(null, "y");

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.spans())
        .extracting(s -> s.observation("input"))
        .containsExactly("{\"text\":\"x\"}", "{\"text\":\"y\"}");
    assertThat(sink.spans().get(0).traceId()).isEqualTo(trace);
    assertThat(sink.spans().get(1).traceId()).isNotEqualTo(trace);
  }

  @Test
  @Requirement({"R26", "R40"})
  void future_completesLater_endsThenWithTheValue() {
    CompletableFuture<String> source = new CompletableFuture<>();

    CompletableFuture<String> result = subject.future(source);

    assertNothingEnded();
    assertThat(result).isSameAs(source);
    new Thread(() -> source.complete("late")).start();
    assertThat(result.join()).isEqualTo("late");
    assertThat(eventually("future").observation("output")).isEqualTo("late");
    assertThat(langfuse.currentObservationId()).isNull();
  }

  @Test
  @Requirement("R28")
  void future_fails_recordsAndStillFails() {
    IOException failure = new IOException("reset");
    CompletableFuture<String> source = new CompletableFuture<>();

    CompletionStage<String> result = subject.stage(source.thenApply(s -> s));
    source.completeExceptionally(failure);

    assertThat(catchThrowable(() -> result.toCompletableFuture().join())).hasCause(failure);
    assertThat(span("stage").observation("level")).isEqualTo("ERROR");
    assertThat(span("stage").observation("status_message")).isEqualTo("reset");
  }

  @Test
  @Requirement("R28")
  void future_cancelledByTheCaller_cancelsTheSource() {
    CompletableFuture<String> source = new CompletableFuture<>();

    subject.future(source).cancel(true);

    assertThat(source).isCancelled();
    assertThat(span("future").observation("level")).isEqualTo("ERROR");
  }

  @Test
  void plainFuture_endsWhenTheCallerHasTheResult() throws Exception {
    FutureTask<String> source = new FutureTask<>(() -> "done");

    Future<String> result = subject.plainFuture(source);

    assertNothingEnded();
    source.run();
    assertThat(result.get()).isEqualTo("done");
    assertThat(span("plainFuture").observation("output")).isEqualTo("done");
  }

  @Test
  void plainFuture_cancelled_isAnError() {
    FutureTask<String> source = new FutureTask<>(() -> "done");

    assertThat(subject.plainFuture(source).cancel(true)).isTrue();

    assertThat(source.isCancelled()).isTrue();
    assertThat(span("plainFuture").observation("level")).isEqualTo("ERROR");
  }

  @Test
  void plainFuture_waitingIsInterrupted_passesThroughAndGoesOn() throws Exception {
    FutureTask<String> source = new FutureTask<>(() -> "done");
    Future<String> result = subject.plainFuture(source);

    Thread.currentThread().interrupt();
    assertThat(catchThrowable(result::get)).isInstanceOf(InterruptedException.class);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertNothingEnded();
    source.run();
    Thread.currentThread().interrupt();
    assertThat(result.isDone()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(span("plainFuture").observation("output")).isEqualTo("done");
  }

  @Test
  void plainFuture_doneAlready_staysItself() throws Exception {
    CancellationException failure = new CancellationException("no");
    FutureTask<String> source =
        new FutureTask<>(
            () -> {
              throw failure;
            });
    source.run();

    Future<String> result = subject.plainFuture(source);

    assertThat(result).isSameAs(source);
    assertThat(span("plainFuture").observation("status_message")).isEqualTo("no");
  }

  @Test
  void publisher_eachSubscription_isAnObservation() {
    Flow.Publisher<String> source = subscriber -> Emitter.start(langfuse, subscriber, null);
    Flow.Publisher<String> result = subject.publisher(source);
    assertNothingEnded();

    Recorder first = new Recorder(langfuse, Long.MAX_VALUE);
    result.subscribe(first);

    assertThat(first.items).containsExactly("a", "b");
    assertThat(first.observationId).isNull();
    assertThat(span("publisher").observation("output")).isEqualTo("ab");
    assertThat(sink.span("publisher").observation("input"))
        .isNotNull()
        .asString()
        .doesNotContain("{}");
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .extracting(RecordedSpan::parentSpanId)
        .containsOnly(sink.span("publisher").spanId())
        .hasSize(2);
    result.subscribe(new Recorder(langfuse, Long.MAX_VALUE));
    langfuse.flush();
    assertThat(sink.names().stream().filter("publisher"::equals)).hasSize(2);
  }

  @Test
  void publisher_cancelled_keepsWhatCame() {
    subject
        .publisher(subscriber -> Emitter.start(langfuse, subscriber, null))
        .subscribe(new Recorder(langfuse, 1));

    RecordedSpan span = span("publisher");
    assertThat(span.observation("output")).isEqualTo("a");
    assertThat(span.observation("level")).isNull();
  }

  @Test
  void publisher_fails_isAnError() {
    IOException failure = new IOException("reset");
    Recorder recorder = new Recorder(langfuse, Long.MAX_VALUE);

    subject
        .publisher(subscriber -> Emitter.start(langfuse, subscriber, failure))
        .subscribe(recorder);

    assertThat(recorder.failure).isSameAs(failure);
    RecordedSpan span = span("publisher");
    assertThat(span.observation("output")).isEqualTo("ab");
    assertThat(span.observation("status_message")).isEqualTo("reset");
  }

  @Test
  void stream_staysLazyAndEndsWithItsLastItem() {
    AtomicBoolean pulled = new AtomicBoolean();
    Stream<String> result =
        subject.stream(
            Stream.of("a", "b")
                .peek(x -> pulled.set(true))
                .map(x -> langfuse.observe("child", o -> x)));

    assertThat(pulled).isFalse();
    assertNothingEnded();
    List<String> consumer = new ArrayList<>();
    assertThat(result.peek(x -> consumer.add(langfuse.currentObservationId())).toList())
        .containsExactly("a", "b");
    RecordedSpan span = span("stream");
    assertThat(span.observation("output")).isEqualTo("ab");
    assertThat(span.observation("completion_start_time")).isNotNull();
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .extracting(RecordedSpan::parentSpanId)
        .containsOnly(span.spanId());
    assertThat(consumer).containsExactly(null, null);
  }

  @Test
  void stream_closedEarly_keepsWhatCameAndClosesTheSource() {
    AtomicBoolean closed = new AtomicBoolean();

    try (Stream<String> result =
        subject.stream(Stream.of("a", "b").onClose(() -> closed.set(true)))) {
      assertThat(result.findFirst()).contains("a");
    }

    assertThat(closed).isTrue();
    assertThat(span("stream").observation("output")).isEqualTo("a");
  }

  @Test
  void stream_fails_isAnErrorAndTheSameException() {
    IllegalStateException failure = new IllegalStateException("broken");

    Stream<String> result =
        subject.stream(
            Stream.of("a", "b")
                .peek(
                    x -> {
                      if (x.equals("b")) {
                        throw failure;
                      }
                    }));

    assertThat(catchThrowable(result::toList)).isSameAs(failure);
    assertThat(span("stream").observation("output")).isEqualTo("a");
    assertThat(span("stream").observation("status_message")).isEqualTo("broken");
  }

  @Test
  void stream_parallel_collectsEveryItem() {
    List<String> source = Stream.iterate(0, i -> i + 1).limit(1000).map(String::valueOf).toList();

    assertThat(subject.stream(source.parallelStream()).toList()).isEqualTo(source);

    assertThat(eventually("stream").observation("output"))
        .asString()
        .hasSize(String.join("", source).length());
  }

  @Test
  void stream_abandoned_endsAfterACollection() {
    subject.stream(Stream.of("a", "b")).iterator().next();

    await()
        .until(
            () -> {
              System.gc();
              return langfuse.flush() && sink.names().contains("stream");
            });
    assertThat(sink.span("stream").observation("output")).asString().startsWith("a");
  }

  @Test
  void stream_transformed_recordsWhatTheTransformMakes() {
    assertThat(subject.numbers(Stream.of(1, 2, 3))).containsExactly(1, 2, 3);

    assertThat(span("numbers").observation("output")).isEqualTo("6");
  }

  @Test
  void iterator_endsWhenThereIsNoMore() {
    Iterator<String> result = subject.iterator(List.of("a", "b").iterator());

    assertThat(result.next()).isEqualTo("a");
    assertNothingEnded();
    assertThat(result.next()).isEqualTo("b");
    assertThat(result.hasNext()).isFalse();
    assertThat(span("iterator").observation("output")).isEqualTo("ab");
  }

  @Test
  void iterable_eachIteration_isAnObservation() {
    Iterable<String> source = () -> List.of("a", "b").iterator();
    Iterable<String> result = subject.iterable(source);

    assertThat(result).containsExactly("a", "b");
    assertThat(span("iterable").observation("output")).isEqualTo("ab");
    result.forEach(x -> {});
    langfuse.flush();
    assertThat(sink.names()).hasSizeGreaterThan(1).containsOnly("iterable");
  }

  @Test
  void inputStream_readToItsEnd_recordsTheText() throws IOException {
    InputStream source = new ByteArrayInputStream("Zürich €".getBytes(StandardCharsets.UTF_8)) {};

    InputStream result = subject.inputStream(source);

    assertNothingEnded();
    assertThat(result.readNBytes(2)).hasSize(2);
    assertThat(result.readAllBytes()).hasSize(9);
    assertThat(span("inputStream").observation("output")).isEqualTo("Zürich €");
  }

  @Test
  void inputStream_closedEarly_keepsWhatWasRead() throws IOException {
    try (InputStream result =
        subject.inputStream(new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)) {})) {
      assertThat(result.read()).isEqualTo('a');
    }

    assertThat(span("inputStream").observation("output")).isEqualTo("a");
  }

  @Test
  void primitiveStream_staysLazyAndRecordsTheNumbers() {
    AtomicBoolean pulled = new AtomicBoolean();
    AtomicBoolean closed = new AtomicBoolean();
    IntStream ints =
        subject.ints(
            IntStream.of(1, 2).peek(x -> pulled.set(true)).onClose(() -> closed.set(true)));

    assertThat(pulled).isFalse();
    assertNothingEnded();
    try (ints) {
      assertThat(ints.sum()).isEqualTo(3);
    }
    assertThat(closed).isTrue();
    assertThat(subject.longs(LongStream.of(3, 4)).toArray()).containsExactly(3, 4);
    assertThat(subject.doubles(DoubleStream.of(0.5)).findFirst()).hasValue(0.5);
    assertThat(span("ints").observation("output")).isEqualTo("[1,2]");
    assertThat(sink.span("longs").observation("output")).isEqualTo("[3,4]");
  }

  @Test
  void closeable_thatYields_endsWithItsLastItem() {
    assumeTrue(knowsTheDeclaredType(), NO_DECLARED_TYPE);
    EventSource source = new EventSource(langfuse);

    Subject.Events result = subject.events(source);

    assertThat(result.status()).isEqualTo(200);
    Object same = result;
    assertThat(result).isEqualTo(same).hasToString(source.toString());
    assertNothingEnded();
    assertThat(result.events().toList()).containsExactly("a", "b");
    RecordedSpan span = span("events");
    assertThat(span.observation("output")).isEqualTo("ab");
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .hasSize(2)
        .allMatch(s -> s.parentSpanId().equals(span.spanId()));
    result.close();
    assertThat(source.closed).isTrue();
  }

  @Test
  void closeable_closedEarly_keepsWhatCame() {
    assumeTrue(knowsTheDeclaredType(), NO_DECLARED_TYPE);
    EventSource source = new EventSource(langfuse);

    try (Subject.Events result = subject.events(source)) {
      assertThat(result.events().findFirst()).contains("a");
    }

    assertThat(source.closed).isTrue();
    assertThat(span("events").observation("output")).asString().startsWith("a");
    assertThat(sink.span("events").observation("level")).isNull();
  }

  /** A response of two events. */
  private static final class EventSource implements Subject.Events {

    private final Langfuse langfuse;
    private boolean closed;

    EventSource(Langfuse langfuse) {
      this.langfuse = langfuse;
    }

    @Override
    public Stream<String> events() {
      return Stream.of("a", "b").map(x -> langfuse.observe("child", o -> x));
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void future_abandoned_endsAfterACollection() {
    subject.plainFuture(new FutureTask<>(() -> "never"));
    subject.future(new CompletableFuture<>());

    await()
        .until(
            () -> {
              System.gc();
              return langfuse.flush() && sink.names().size() == 2;
            });
    assertThat(sink.names()).containsExactlyInAnyOrder("plainFuture", "future");
  }

  @Test
  void result_thatCannotBeReplaced_isItselfAndSaidOnce() {
    Subject.ArrayIterator source = new Subject.ArrayIterator();

    assertThat(subject.unfollowable(source)).isSameAs(source);
    subject.unfollowable(new Subject.ArrayIterator());

    assertSaidOnce(
        (readsAnnotations()
                ? "io.langfuse4j.testing.AnnotatedSubject.unfollowable"
                : "the function observed as unfollowable")
            + " returns io.langfuse4j.testing.Subject$ArrayIterator, which cannot be followed");
    langfuse.flush();
    assertThat(sink.names()).containsExactly("unfollowable", "unfollowable");
    assertThat(sink.spans()).allMatch(s -> s.observation("output") == null);
  }

  @Test
  void annotation_onAbstractMethod_isSaidOnceAndTheCallWorks() {
    assumeTrue(readsAnnotations(), NO_ANNOTATION);

    assertThat(subject.promised("x")).isEqualTo("x");
    subject.nothing("x");

    assertSaidOnce("@Observe on io.langfuse4j.testing.AnnotatedBase.promised: it is abstract");
  }

  @Test
  void annotation_onInterfaceMethod_isSaidOnceAndTheCallWorks() {
    assumeTrue(readsAnnotations(), NO_ANNOTATION);
    assumeTrue(!readsInterfaces(), "it is observed, as the interface says");

    assertThat(subject.declared("x")).isEqualTo("x");
    subject.nothing("x");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("nothing");
    assertSaidOnce("@Observe on io.langfuse4j.testing.Subject.declared: it is abstract");
  }

  @Test
  void annotation_nameUsedTwice_isSaidOnceAndBothAreObserved() {
    assumeTrue(readsAnnotations(), NO_ANNOTATION);

    assertThat(subject.twin("x") + subject.otherTwin("y")).isEqualTo("xy");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("shared-name", "shared-name");
    assertSaidOnce("it has the same name as another method of its class: shared-name");
  }

  @Test
  void transform_fails_isSaidOnceAndTheItemsAreRecorded() {
    assertThat(subject.mistransformed(Stream.of("a", "b"))).containsExactly("a", "b");
    assertThat(subject.mistransformed(Stream.of("a", "b"))).containsExactly("a", "b");

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.spans())
        .hasSize(2)
        .allMatch(span -> "ab".equals(span.observation("output")))
        .allMatch(span -> span.observation("level") == null);
    Class<?> transform =
        readsAnnotations() ? AnnotatedSubject.Failing.class : FailingTransform.class;
    assertSaidOnce(transform.getName() + " failed; the items are recorded as they are.");
  }

  /** For ways in that are given their transform. */
  public static final class FailingTransform implements OutputTransform {
    @Override
    public Object apply(List<?> items) {
      throw new IllegalStateException("no transform");
    }
  }

  /** That it was logged once in this process, whoever extends the contract in it. */
  private static void assertSaidOnce(String message) {
    assertThat(LOGS.warnings()).filteredOn(said -> said.contains(message)).hasSize(1);
  }

  /** Emits a and b as they are asked for, each inside an observation, then fails or completes. */
  private static final class Emitter implements Flow.Subscription {

    private final Langfuse langfuse;
    private final Flow.Subscriber<? super String> subscriber;
    private final Throwable failure;
    private boolean cancelled;

    private Emitter(
        Langfuse langfuse, Flow.Subscriber<? super String> subscriber, Throwable failure) {
      this.langfuse = langfuse;
      this.subscriber = subscriber;
      this.failure = failure;
    }

    static void start(
        Langfuse langfuse, Flow.Subscriber<? super String> subscriber, Throwable failure) {
      subscriber.onSubscribe(new Emitter(langfuse, subscriber, failure));
    }

    @Override
    public void request(long n) {
      for (String item : List.of("a", "b")) {
        if (!cancelled) {
          subscriber.onNext(langfuse.observe("child", o -> item));
        }
      }
      if (cancelled) {
        return;
      }
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** Remembers what it gets and cancels after so many items. */
  private static final class Recorder implements Flow.Subscriber<String> {

    private final Langfuse langfuse;
    private final long limit;
    private final List<String> items = new ArrayList<>();
    private Flow.Subscription subscription;
    private Throwable failure;
    private String observationId = "none";

    Recorder(Langfuse langfuse, long limit) {
      this.langfuse = langfuse;
      this.limit = limit;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String item) {
      observationId = langfuse.currentObservationId();
      items.add(item);
      if (items.size() >= limit) {
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void onComplete() {}
  }
}
