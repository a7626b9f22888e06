package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.OtlpSink.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observations that wait on disk while the server is away. */
class SpillTest {

  @TempDir Path directory;
  private final OtlpSink sink = new OtlpSink();
  private final AtomicBoolean down = new AtomicBoolean();

  @AfterEach
  void close() {
    sink.close();
  }

  private LangfuseBuilder spilling() {
    sink.answering(n -> Answer.status(down.get() ? 503 : 200));
    return Langfuse.builder()
        .publicKey("pk")
        .secretKey("sk")
        .baseUrl(sink.url())
        .flushInterval(Duration.ofMillis(20))
        .spillDirectory(directory);
  }

  private long kept() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".otlp.gz")).count();
    }
  }

  @Test
  void flush_serverUp_deliversAndLeavesNothingOnDisk() throws IOException {
    try (Langfuse langfuse = spilling().build()) {
      langfuse.startObservation("step").end();

      assertThat(langfuse.flush()).isTrue();
      assertThat(sink.names()).containsExactly("step");
      assertThat(kept()).isZero();
    }
  }

  @Test
  void outage_ofAnyLength_losesNothingAndKeepsTheOrder() throws IOException {
    down.set(true);
    try (Langfuse langfuse = spilling().flushAt(10).build()) {
      List<String> names = IntStream.range(0, 200).mapToObj(i -> "step-" + i).toList();
      names.forEach(name -> langfuse.startObservation(name).end());
      await().until(() -> langfuse.stats().queued() == 0);
      assertThat(langfuse.flush(Duration.ofMillis(50))).isFalse();
      assertThat(sink.names()).isEmpty();

      down.set(false);

      assertThat(langfuse.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(sink.names()).containsExactlyElementsOf(names);
      assertThat(langfuse.stats().dropped()).isZero();
      assertThat(kept()).isZero();
    }
  }

  @Test
  void whatIsOnDisk_wasMaskedBefore() {
    down.set(true);
    Langfuse masking = spilling().mask((key, text) -> text.replace("secret", "***")).build();
    masking.startObservation("step").input("a secret").end();
    assertThat(masking.close(Duration.ofSeconds(2))).isFalse();

    down.set(false);
    try (Langfuse unmasked = spilling().build()) {
      assertThat(unmasked.flush(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(sink.span("step").observation("input")).isEqualTo("a ***");
  }

  @Test
  void close_serverDown_leavesTheRestToTheNextStart() throws IOException {
    down.set(true);
    Langfuse first = spilling().build();
    first.startObservation("before").end();
    assertThat(first.close(Duration.ofSeconds(2))).isFalse();
    assertThat(kept()).isOne();

    down.set(false);
    try (Langfuse second = spilling().build()) {
      second.startObservation("after").end();
      assertThat(second.flush()).isTrue();
    }

    assertThat(sink.names()).containsExactly("before", "after");
    assertThat(kept()).isZero();
  }

  @Test
  void start_afterACrash_ignoresAnUnfinishedFileAndSurvivesAGarbledOne() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("0"));
    Files.writeString(folder.resolve("0000000000000000001-5.otlp.gz.tmp"), "half");
    Files.writeString(folder.resolve("0000000000000000002-5.otlp.gz"), "garbage");
    try (Langfuse langfuse = spilling().build()) {
      langfuse.startObservation("step").end();
      await().atMost(30, TimeUnit.SECONDS).until(() -> sink.names().contains("step"));
      await().until(() -> kept() == 0);
      assertThat(langfuse.stats().dropped()).isEqualTo(5);
    }
  }

  @Test
  void twoClients_onOneDirectory_doNotTouchEachOthersFiles() throws IOException {
    down.set(true);
    try (Langfuse one = spilling().build();
        Langfuse two = spilling().build()) {
      one.startObservation("one").end();
      two.startObservation("two").end();
      await().until(() -> kept() == 2);
      down.set(false);
      assertThat(one.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(two.flush(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(new HashSet<>(sink.names())).isEqualTo(new HashSet<>(List.of("one", "two")));
    assertThat(sink.names()).hasSize(2);
  }

  @Test
  void directory_full_dropsAndCountsExactly() {
    down.set(true);
    try (Langfuse langfuse = spilling().maxSpillBytes(2_000).flushAt(1).build()) {
      IntStream.range(0, 50)
          .forEach(i -> langfuse.startObservation("s" + i).input(Map.of("n", i)).end());
      await().until(() -> langfuse.stats().queued() == 0);
      long dropped = langfuse.stats().droppedQueueFull();
      assertThat(dropped).isBetween(1L, 49L);
      down.set(false);
      assertThat(langfuse.flush(Duration.ofSeconds(20))).as("some were dropped").isFalse();
      assertThat(sink.spans()).hasSize((int) (50 - dropped));
      assertThat(langfuse.flush(Duration.ofSeconds(20))).as("none since").isTrue();
    }
  }
}
