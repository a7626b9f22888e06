package io.langfuse4j.testing;

import io.langfuse4j.Observe;
import io.langfuse4j.TraceContext;
import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The methods that every way of observing is tested with. Most give back what they are given. */
public interface Subject {

  /** Counts how often somebody reads it. */
  final class Counting {
    public int reads;

    public String getText() {
      reads++;
      return "read";
    }
  }

  /** Cannot be read. */
  final class Unreadable {
    public String getText() {
      throw new IllegalStateException("no");
    }
  }

  /** Implemented by a class that is annotated as a whole. */
  interface Whole {
    String covered(String text);

    String own(String text);
  }

  String answer(String question, int times);

  String renamed(String text, String password);

  void nothing(String text);

  String fail(Throwable thrown) throws Exception;

  String withoutInput(Counting argument);

  Counting withoutOutput(String text);

  String always(String text);

  Object unreadable(Unreadable argument);

  /** Neither argument nor result is captured. */
  CompletableFuture<Counting> quietFuture(CompletableFuture<Counting> source);

  /** Neither argument nor result is captured. */
  Stream<Counting> quietStream(Stream<Counting> source);

  /** Annotated where it is abstract. */
  String promised(String text);

  /** Annotated here only, where it never runs. */
  @Observe(name = "declared-by-the-interface")
  String declared(String text);

  /** Shares its name with the next. */
  String twin(String text);

  String otherTwin(String text);

  /** Has a transform that fails. */
  Stream<String> mistransformed(Stream<String> source);

  String joining(TraceContext trace, String text);

  CompletableFuture<String> future(CompletableFuture<String> source);

  CompletionStage<String> stage(CompletionStage<String> source);

  Future<String> plainFuture(Future<String> source);

  Flow.Publisher<String> publisher(Flow.Publisher<String> source);

  Stream<String> stream(Stream<String> source);

  Stream<Integer> numbers(Stream<Integer> source);

  Iterator<String> iterator(Iterator<String> source);

  Iterable<String> iterable(Iterable<String> source);

  InputStream inputStream(InputStream source);

  IntStream ints(IntStream source);

  LongStream longs(LongStream source);

  DoubleStream doubles(DoubleStream source);

  /** As clients for server sent events return it. */
  interface Events extends AutoCloseable {
    Stream<String> events();

    int status();

    @Override
    void close();
  }

  Events events(Events source);

  /** Declares a class of which only itself can be returned. */
  ArrayIterator unfollowable(ArrayIterator source);

  /** A class of the application. */
  final class ArrayIterator implements Iterator<String> {
    private int position;

    @Override
    public boolean hasNext() {
      return position < 2;
    }

    @Override
    public String next() {
      return position++ == 0 ? "a" : "b";
    }
  }
}
