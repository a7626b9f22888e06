package io.langfuse4j.instrumentation;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Streams keep what they are and end their call once. */
@Requirement("R4")
class StreamedCallTest extends TracedTest {

  private static final class Joined implements StreamedAnswer<String> {
    private final List<String> items = new ArrayList<>();

    @Override
    public synchronized void add(String item) {
      if (item.equals("broken")) {
        throw new IllegalStateException("unexpected item");
      }
      items.add(item);
    }

    @Override
    public synchronized void describe(ModelResponse response) {
      response.output(String.join("", items));
    }

    @Override
    public boolean isHidden(String item) {
      return item.equals("hidden");
    }
  }

  private Stream<String> observed(Stream<String> source) {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    return new StreamedCall<>(call, new Joined(), call::fail).observe(() -> source);
  }

  @Test
  void readToTheEnd_isTheWholeAnswer() {
    assertThat(observed(Stream.of("a", "b")).toList()).containsExactly("a", "b");

    RecordedSpan span = theSpan();
    assertThat(span.observation("output")).isEqualTo("ab");
    assertThat(span.observation("status_message")).isNull();
    assertThat(hasFirstToken(span)).isTrue();
  }

  @Test
  void untilItIsConsumed_nothingIsRead() {
    AtomicInteger read = new AtomicInteger();
    Stream<String> stream = observed(Stream.of("a", "b", "c").peek(item -> read.incrementAndGet()));
    assertThat(read).hasValue(0);

    assertThat(stream.limit(1).toList()).containsExactly("a");

    assertThat(read).hasValue(1);
  }

  @Test
  void source_isReadInsideTheObservationAndConsumedOutside() {
    List<Boolean> recording = new ArrayList<>();
    observed(Stream.of("a").peek(item -> recording.add(Span.current().isRecording())))
        .forEach(item -> recording.add(Span.current().isRecording()));

    assertThat(recording).containsExactly(true, false);
  }

  @Test
  void closed_closesTheSourceAndKeepsWhatCame() {
    AtomicInteger closed = new AtomicInteger();
    try (Stream<String> stream = observed(Stream.of("a", "b").onClose(closed::incrementAndGet))) {
      assertThat(stream.iterator().next()).isEqualTo("a");
    }

    assertThat(closed).hasValue(1);
    RecordedSpan span = theSpan();
    assertThat(span.observation("output")).isEqualTo("a");
    assertThat(span.observation("status_message")).isEqualTo("Closed before the end.");
  }

  @Test
  @Requirement("R6")
  void failure_isTheVerySameAndKeepsWhatCame() {
    IllegalStateException failure = new IllegalStateException("cut");
    Stream<String> source =
        Stream.of("a", "b")
            .peek(
                item -> {
                  if (item.equals("b")) {
                    throw failure;
                  }
                });

    assertThat(catchThrowable(() -> observed(source).forEach(item -> {}))).isSameAs(failure);

    RecordedSpan span = theSpan();
    assertThat(span.observation("output")).isEqualTo("a");
    assertThat(span.observation("level")).isEqualTo("ERROR");
  }

  @Test
  void consumerThatThrows_isNotAFailureOfTheModel() {
    IllegalStateException failure = new IllegalStateException("mine");

    assertThat(
            catchThrowable(
                () ->
                    observed(Stream.of("a"))
                        .forEach(
                            item -> {
                              throw failure;
                            })))
        .isSameAs(failure);

    assertThat(theSpan().observation("level")).isNull();
  }

  @Test
  void itemThatCannotBeRead_isStillDelivered() {
    assertThat(observed(Stream.of("a", "broken", "b")).toList())
        .containsExactly("a", "broken", "b");

    assertThat(theSpan().observation("output")).isEqualTo("ab");
  }

  @Test
  void hiddenItem_isRecordedAndNotDelivered() {
    assertThat(observed(Stream.of("a", "hidden")).toList()).containsExactly("a");

    assertThat(theSpan().observation("output")).isEqualTo("ahidden");
  }

  @Test
  void forgotten_isEndedWithWhatCameAndAWarning() {
    readOneAndForget();

    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return !sent().isEmpty();
            });
    RecordedSpan span = theSpan();
    assertThat(span.observation("output")).isEqualTo("a");
    assertThat(span.observation("level")).isEqualTo("WARNING");
  }

  private void readOneAndForget() {
    Iterator<String> iterator = observed(Stream.of("a", "b")).iterator();
    assertThat(iterator.next()).isEqualTo("a");
  }
}
