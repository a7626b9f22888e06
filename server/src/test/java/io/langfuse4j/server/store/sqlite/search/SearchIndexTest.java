package io.langfuse4j.server.store.sqlite.search;

import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.sqlite.SqliteBackup;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
  private static final String PROJECT = "p";

  @TempDir private Path folder;

  private TraceStore open() {
    return SqliteTraceStore.open(folder, Clock.systemUTC(), 1 << 24);
  }

  private static List<String> found(TraceStore store, String words) {
    return store.traces(TraceQuery.of(PROJECT).search(words)).stream()
        .map(trace -> trace.summary().id())
        .toList();
  }

  private void writeOne() {
    try (TraceStore store = open()) {
      store.write(PROJECT, List.of(span("t1", "a").content("needle", null).root())).join();
    }
  }

  @Test
  void lostIndex_isBuiltAgain() throws Exception {
    writeOne();
    Files.delete(folder.resolve("langfuse4j-search.db"));

    try (TraceStore store = open()) {
      assertThat(found(store, "needle")).containsExactly("t1");
    }
  }

  @Test
  void damagedIndex_isBuiltAgain() throws Exception {
    writeOne();
    Files.writeString(folder.resolve("langfuse4j-search.db"), "no database ".repeat(1_000));

    try (TraceStore store = open()) {
      assertThat(found(store, "needle")).containsExactly("t1");
    }
  }

  @Test
  void indexOfANewerDatabase_isBuiltAgain() throws Exception {
    writeOne();
    Path backup = folder.resolve("backup");
    SqliteBackup.copy(folder, backup);
    try (TraceStore store = open()) {
      store.write(PROJECT, List.of(span("t2", "a").content("later", null).root())).join();
      assertThat(found(store, "later")).containsExactly("t2");
    }
    Files.copy(
        backup.resolve("langfuse4j.db"),
        folder.resolve("langfuse4j.db"),
        StandardCopyOption.REPLACE_EXISTING);

    try (TraceStore store = open()) {
      store.write(PROJECT, List.of(span("t3", "a").content("another", null).root())).join();
      assertThat(found(store, "later")).isEmpty();
      assertThat(found(store, "another")).containsExactly("t3");
      assertThat(found(store, "needle")).containsExactly("t1");
    }
  }

  @Test
  void everythingStored_isTakenIn() {
    try (TraceStore store = open()) {
      store.write(PROJECT, List.of(span("t1", "a").content("needle", null).root())).join();
      assertThat(found(store, "needle")).hasSize(1);
      assertThat(store.searchBehind()).isZero();
    }
  }
}
