package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Requirement;
import io.langfuse4j.testing.Subject;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Functions observed one by one. */
class ObservedFunctionsTest extends ObserveContract {

  @Override
  protected Subject observed(Langfuse langfuse) {
    return new FunctionSubject(langfuse, new AnnotatedSubject());
  }

  @Override
  protected boolean readsAnnotations() {
    return false;
  }

  @Override
  protected Object input(String name, String value) {
    return value;
  }

  @Test
  @Requirement({"R45", "R46"})
  void observed_everyKindOfFunction_makesOneObservationPerCall() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    Function<String, Integer> function = langfuse.observed("function", s -> s.length());
    BiFunction<Integer, Integer, Integer> biFunction =
        langfuse.observed("biFunction", TOOL, (a, b) -> a + b);
    Supplier<String> supplier = langfuse.observed("supplier", () -> "s");
    Runnable runnable = langfuse.observed("runnable", () -> seen.set("run"));
    Callable<String> callable = langfuse.observed("callable").callable(() -> "c");
    Consumer<String> consumer = langfuse.observed("consumer").consumer(seen::set);
    UnaryOperator<String> operator = langfuse.observed("operator").operator(String::trim);
    Function<String, Integer> updating =
        langfuse.observed(
            "updating",
            s -> {
              langfuse.updateCurrentSpan(o -> o.metadata("step", 1));
              return s.length();
            });

    assertThat(function.apply("four")).isEqualTo(4);
    assertThat(biFunction.apply(1, 2)).isEqualTo(3);
    assertThat(supplier.get()).isEqualTo("s");
    runnable.run();
    assertThat(seen).hasValue("run");
    assertThat(callable.call()).isEqualTo("c");
    consumer.accept("consumed");
    assertThat(seen).hasValue("consumed");
    assertThat(operator.apply(" x ")).isEqualTo("x");
    assertThat(function.apply("three")).isEqualTo(5);
    assertThat(updating.apply("x")).isEqualTo(1);

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.names())
        .containsExactly(
            "function",
            "biFunction",
            "supplier",
            "runnable",
            "callable",
            "consumer",
            "operator",
            "function",
            "updating");
    assertThat(sink.span("biFunction").observation("input")).isEqualTo("[1,2]");
    assertThat(sink.span("biFunction").type()).isEqualTo("tool");
    assertThat(sink.span("consumer").observation("output")).isNull();
    assertThat(sink.span("updating").observation("metadata.step")).isEqualTo(1L);
  }

  /** Nothing tells what the caller expects, so an object of a public class stays what it is. */
  @Override
  protected boolean knowsTheDeclaredType() {
    return false;
  }

  private record FunctionSubject(Langfuse langfuse, Subject target) implements Subject {

    @Override
    public String answer(String question, int times) {
      BiFunction<String, Integer, String> answer =
          langfuse.observed("llm-call", GENERATION, target::answer);
      return answer.apply(question, times);
    }

    @Override
    public String renamed(String text, String password) {
      return langfuse.observed("renamed", () -> target.renamed(text, password)).get();
    }

    @Override
    public void nothing(String text) {
      langfuse.observed("nothing").consumer(target::nothing).accept(text);
    }

    @Override
    public String fail(Throwable thrown) throws Exception {
      return langfuse.observed("fail", TOOL).callable(() -> target.fail(thrown)).call();
    }

    @Override
    public String withoutInput(Counting argument) {
      return langfuse
          .observed("withoutInput")
          .captureInput(false)
          .function(target::withoutInput)
          .apply(argument);
    }

    @Override
    public Counting withoutOutput(String text) {
      return langfuse
          .observed("withoutOutput")
          .captureOutput(false)
          .function(target::withoutOutput)
          .apply(text);
    }

    @Override
    public String always(String text) {
      return langfuse
          .observed("always")
          .captureInput(true)
          .captureOutput(true)
          .operator(target::always)
          .apply(text);
    }

    @Override
    public Object unreadable(Unreadable argument) {
      return langfuse.observed("unreadable").function(target::unreadable).apply(argument);
    }

    @Override
    public CompletableFuture<Counting> quietFuture(CompletableFuture<Counting> source) {
      return langfuse
          .observed("quietFuture")
          .captureInput(false)
          .captureOutput(false)
          .operator(target::quietFuture)
          .apply(source);
    }

    @Override
    public Stream<Counting> quietStream(Stream<Counting> source) {
      return langfuse
          .observed("quietStream")
          .captureInput(false)
          .captureOutput(false)
          .operator(target::quietStream)
          .apply(source);
    }

    @Override
    public String promised(String text) {
      return langfuse.observed("promised").operator(target::promised).apply(text);
    }

    @Override
    public String declared(String text) {
      return langfuse.observed("declared").operator(target::declared).apply(text);
    }

    @Override
    public String twin(String text) {
      return langfuse.observed("shared-name").operator(target::twin).apply(text);
    }

    @Override
    public String otherTwin(String text) {
      return langfuse.observed("shared-name").operator(target::otherTwin).apply(text);
    }

    @Override
    public Stream<String> mistransformed(Stream<String> source) {
      return langfuse
          .observed("mistransformed")
          .transform(new FailingTransform())
          .operator(target::mistransformed)
          .apply(source);
    }

    @Override
    public String joining(TraceContext trace, String text) {
      return langfuse.observed("joining", () -> target.joining(trace, text)).get();
    }

    @Override
    public CompletableFuture<String> future(CompletableFuture<String> source) {
      return langfuse.observed("future").operator(target::future).apply(source);
    }

    @Override
    public CompletionStage<String> stage(CompletionStage<String> source) {
      return langfuse.observed("stage").operator(target::stage).apply(source);
    }

    @Override
    public Future<String> plainFuture(Future<String> source) {
      return langfuse.observed("plainFuture").operator(target::plainFuture).apply(source);
    }

    @Override
    public Flow.Publisher<String> publisher(Flow.Publisher<String> source) {
      return langfuse.observed("publisher").operator(target::publisher).apply(source);
    }

    @Override
    public Stream<String> stream(Stream<String> source) {
      return langfuse.observed("stream", GENERATION).operator(target::stream).apply(source);
    }

    @Override
    public Stream<Integer> numbers(Stream<Integer> source) {
      return langfuse
          .observed("numbers")
          .transform(FunctionSubject::sum)
          .operator(target::numbers)
          .apply(source);
    }

    private static Object sum(List<?> items) {
      return items.stream().mapToInt(Integer.class::cast).sum();
    }

    @Override
    public Iterator<String> iterator(Iterator<String> source) {
      return langfuse.observed("iterator").operator(target::iterator).apply(source);
    }

    @Override
    public Iterable<String> iterable(Iterable<String> source) {
      return langfuse.observed("iterable").operator(target::iterable).apply(source);
    }

    @Override
    public InputStream inputStream(InputStream source) {
      return langfuse.observed("inputStream").operator(target::inputStream).apply(source);
    }

    @Override
    public IntStream ints(IntStream source) {
      return langfuse.observed("ints").operator(target::ints).apply(source);
    }

    @Override
    public LongStream longs(LongStream source) {
      return langfuse.observed("longs").operator(target::longs).apply(source);
    }

    @Override
    public DoubleStream doubles(DoubleStream source) {
      return langfuse.observed("doubles").operator(target::doubles).apply(source);
    }

    @Override
    public Events events(Events source) {
      return langfuse.observed("events").operator(target::events).apply(source);
    }

    @Override
    public ArrayIterator unfollowable(ArrayIterator source) {
      return langfuse.observed("unfollowable").operator(target::unfollowable).apply(source);
    }
  }
}
