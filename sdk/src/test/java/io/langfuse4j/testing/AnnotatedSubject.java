package io.langfuse4j.testing;

import io.langfuse4j.Observe;
import io.langfuse4j.OutputTransform;
import io.langfuse4j.TraceContext;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The subject as an application writes it: annotations, and no call of the SDK. */
public class AnnotatedSubject extends AnnotatedBase {

  /** The sum of numbers. Public because containers generate subclasses in other packages. */
  public static final class Sum implements OutputTransform {
    @Override
    public Object apply(List<?> items) {
      return items.stream().mapToInt(Integer.class::cast).sum();
    }
  }

  /** Fails. */
  public static final class Failing implements OutputTransform {
    @Override
    public Object apply(List<?> items) {
      throw new IllegalStateException("no transform");
    }
  }

  @Observe(name = "llm-call", type = Observe.Type.GENERATION)
  @Override
  public String answer(String question, int times) {
    return question.repeat(times);
  }

  @Observe
  @Override
  public String renamed(
      @Observe.Parameter("words") String text,
      @Observe.Parameter(capture = false) String password) {
    return text;
  }

  @Observe
  @Override
  public void nothing(String text) {}

  @Observe(type = Observe.Type.TOOL)
  @Override
  public String fail(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @Observe(captureInput = false)
  @Override
  public String withoutInput(Counting argument) {
    return "done";
  }

  @Observe(captureOutput = false)
  @Override
  public Counting withoutOutput(String text) {
    return new Counting();
  }

  @Observe(captureInput = true, captureOutput = true)
  @Override
  public String always(String text) {
    return text;
  }

  @Observe
  @Override
  public Object unreadable(Unreadable argument) {
    return argument;
  }

  @Observe(captureInput = false, captureOutput = false)
  @Override
  public CompletableFuture<Counting> quietFuture(CompletableFuture<Counting> source) {
    return source;
  }

  @Observe(captureInput = false, captureOutput = false)
  @Override
  public Stream<Counting> quietStream(Stream<Counting> source) {
    return source;
  }

  @Override
  public String promised(String text) {
    return text;
  }

  @Override
  public String declared(String text) {
    return text;
  }

  @Observe(name = "shared-name")
  @Override
  public String twin(String text) {
    return text;
  }

  @Observe(name = "shared-name")
  @Override
  public String otherTwin(String text) {
    return text;
  }

  @Observe(transform = Failing.class)
  @Override
  public Stream<String> mistransformed(Stream<String> source) {
    return source;
  }

  @Observe
  @Override
  public String joining(TraceContext trace, String text) {
    return text;
  }

  @Observe
  @Override
  public CompletableFuture<String> future(CompletableFuture<String> source) {
    return source;
  }

  @Observe
  @Override
  public CompletionStage<String> stage(CompletionStage<String> source) {
    return source;
  }

  @Observe
  @Override
  public Future<String> plainFuture(Future<String> source) {
    return source;
  }

  @Observe
  @Override
  public Flow.Publisher<String> publisher(Flow.Publisher<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Stream<String> stream(Stream<String> source) {
    return source;
  }

  @Observe(transform = Sum.class)
  @Override
  public Stream<Integer> numbers(Stream<Integer> source) {
    return source;
  }

  @Observe
  @Override
  public Iterator<String> iterator(Iterator<String> source) {
    return source;
  }

  @Observe
  @Override
  public Iterable<String> iterable(Iterable<String> source) {
    return source;
  }

  @Observe
  @Override
  public InputStream inputStream(InputStream source) {
    return source;
  }

  @Observe
  @Override
  public IntStream ints(IntStream source) {
    return source;
  }

  @Observe
  @Override
  public LongStream longs(LongStream source) {
    return source;
  }

  @Observe
  @Override
  public DoubleStream doubles(DoubleStream source) {
    return source;
  }

  @Observe
  @Override
  public Events events(Events source) {
    return source;
  }

  @Observe
  @Override
  public ArrayIterator unfollowable(ArrayIterator source) {
    return source;
  }
}
