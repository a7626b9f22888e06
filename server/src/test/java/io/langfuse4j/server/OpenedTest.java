package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
  private final List<String> closed = new ArrayList<>();
  private final Opened opened = new Opened();

  private void fail(String part) {
    closed.add(part);
    throw new IllegalStateException(part);
  }

  @Test
  void close_closesTheLastFirst() {
    opened.add("store", closed::add);
    opened.add("journal", closed::add);

    opened.close();

    assertThat(closed).containsExactly("journal", "store");
  }

  @Test
  void close_onePartFails_closesTheOthersAndTellsOfAllFailures() {
    opened.add("store", this::fail);
    opened.add("media", closed::add);
    opened.add("journal", this::fail);

    assertThatThrownBy(opened::close)
        .hasMessage("journal")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("store"));
    assertThat(closed).containsExactly("journal", "media", "store");
  }

  @Test
  void closedAfter_aFailure_returnsItWithWhatFailedAfterwards() {
    opened.add("store", this::fail);
    RuntimeException failure = new RuntimeException("start");

    assertThat(opened.closedAfter(failure)).isSameAs(failure);
    assertThat(failure.getSuppressed()).extracting(Throwable::getMessage).containsExactly("store");
  }
}
