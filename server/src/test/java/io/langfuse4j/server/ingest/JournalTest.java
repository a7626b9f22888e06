package io.langfuse4j.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.http.Body;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final long ROOMY = 1L << 30;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path temp;

  private final List<String> stored = new CopyOnWriteArrayList<>();

  private Path folder() {
    return temp.resolve("journal");
  }

  private Journal open(Function<Entry, CompletableFuture<Void>> store) {
    return Journal.open(folder(), ROOMY, store);
  }

  private CompletableFuture<Void> store(Entry entry) {
    stored.add(text(entry));
    return CompletableFuture.completedFuture(null);
  }

  private static CompletableFuture<Void> never(Entry entry) {
    return CompletableFuture.failedFuture(new StoreBusyException("busy"));
  }

  private static Entry entry(String text) {
    return new Entry(
        "project", true, false, new Body(List.of(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static String text(Entry entry) {
    try {
      return new String(entry.open().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static void append(Journal journal, List<String> texts) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    texts.forEach(text -> all.add(journal.append(entry(text))));
    all.forEach(CompletableFuture::join);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  @Test
  void append_isStoredInOrder_andLeavesNothingBehind() {
    try (Journal journal = open(this::store)) {
      append(journal, numbers(1_000));
      assertThat(journal.settle(SOON)).isTrue();
      assertThat(journal.isEmpty()).isTrue();
    }
    assertThat(stored).isEqualTo(numbers(1_000));
    assertThat(folder()).doesNotExist();
  }

  @Test
  void entry_keepsProjectAndEncoding() {
    List<Entry> seen = new CopyOnWriteArrayList<>();
    try (Journal journal =
        open(
            entry -> {
              seen.add(entry);
              return CompletableFuture.completedFuture(null);
            })) {
      Body body = new Body(List.of(new byte[] {1, 2}, new byte[0], new byte[] {3}));
      journal.append(new Entry("pröject", false, true, body)).join();
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(seen).hasSize(1);
    Entry read = seen.get(0);
    assertThat(List.of(read.project(), read.json(), read.gzip()))
        .isEqualTo(List.of("pröject", false, true));
    assertThat(read.body().chunks()).containsExactly(new byte[] {1, 2, 3});
  }

  @Test
  void acknowledged_butNotStored_isStoredAfterTheNextStart() {
    try (Journal journal = open(JournalTest::never)) {
      append(journal, numbers(50));
      assertThat(journal.settle(Duration.ofMillis(50))).isFalse();
      assertThat(journal.waiting()).isEqualTo(50);
    }
    try (Journal journal = open(this::store)) {
      append(journal, List.of("later"));
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).startsWith("0").endsWith("later").hasSize(51);
  }

  @Test
  void restart_goesOnWhereItWas() {
    Semaphore permits = new Semaphore(7);
    try (Journal journal = open(entry -> permits.tryAcquire() ? store(entry) : never(entry))) {
      append(journal, numbers(20));
      await().until(() -> journal.waiting() == 13);
    }
    try (Journal journal = open(this::store)) {
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).isEqualTo(numbers(20));
  }

  @Test
  void halfAFrame_atTheEnd_isAsIfNeverWritten() throws Exception {
    try (Journal journal = open(JournalTest::never)) {
      append(journal, numbers(3));
    }
    Path segment = segments().get(0);
    try (var channel = Files.newByteChannel(segment, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(segment) - 1);
    }
    try (Journal journal = open(this::store)) {
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).containsExactly("0", "1");
  }

  @Test
  void lostPlace_appliesEverythingAgain() throws Exception {
    Semaphore permits = new Semaphore(2);
    try (Journal journal = open(entry -> permits.tryAcquire() ? store(entry) : never(entry))) {
      append(journal, numbers(3));
      await().until(() -> journal.waiting() == 1);
    }
    Files.delete(folder().resolve("applied"));
    try (Journal journal = open(this::store)) {
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).containsExactly("0", "1", "0", "1", "2");
  }

  @Test
  void storeThatFails_isAskedAgain() {
    Semaphore failures = new Semaphore(1);
    try (Journal journal =
        open(
            entry ->
                failures.tryAcquire()
                    ? CompletableFuture.failedFuture(new StoreException("disk full"))
                    : store(entry))) {
      append(journal, List.of("a", "b"));
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void entryThatCannotBeUnderstood_isSetAside() throws Exception {
    try (Journal journal =
        open(
            entry -> {
              if (text(entry).equals("poison")) {
                throw new IllegalStateException("cannot be mapped");
              }
              return store(entry);
            })) {
      append(journal, List.of("a", "poison", "b"));
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).containsExactly("a", "b");
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files.map(Path::toString)).singleElement().asString().endsWith(".rejected");
    }
  }

  @Test
  void tooMuchWaiting_isRefused_untilItIsStored() {
    Semaphore open = new Semaphore(0);
    try (Journal journal =
        Journal.open(folder(), 100, entry -> open.tryAcquire() ? store(entry) : never(entry))) {
      append(journal, List.of("x".repeat(80)));
      assertThat(journal.append(entry("y".repeat(80))))
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(StoreBusyException.class);
      open.release();
      assertThat(journal.settle(SOON)).isTrue();
      open.release();
      append(journal, List.of("z".repeat(80)));
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).hasSize(2);
  }

  @Test
  void folderThatCannotBeWritten_refuses_andGoesOnOnceItCan() throws Exception {
    Files.writeString(folder(), "in the way");
    try (Journal journal = open(this::store)) {
      assertThat(journal.append(entry("a")))
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(StoreException.class);
      Files.delete(folder());
      append(journal, List.of("b"));
      assertThat(journal.settle(SOON)).isTrue();
    }
    assertThat(stored).containsExactly("b");
  }

  @Test
  void append_afterClose_isRefused() {
    Journal journal = open(this::store);
    journal.close();
    assertThat(journal.append(entry("a"))).isCompletedExceptionally();
  }
}
