package io.langfuse4j.server.store.sqlite;

import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
  private static final String PROJECT = "p";

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private static TraceStore open(Path where) {
    return SqliteTraceStore.open(where, Clock.systemUTC(), 1 << 24);
  }

  @Test
  void copy_whileTheStoreIsOpen_holdsWhatWasAcknowledged() throws Exception {
    Path to = folder.resolve("backup");
    try (TraceStore store = open(data())) {
      store.write(PROJECT, List.of(span("t1", "a").content("needle", null).root())).join();
      Path journal = Files.createDirectory(data().resolve("journal"));
      Files.writeString(journal.resolve("000000000001.journal"), "kept");
      Path media = Files.createDirectories(data().resolve("media/ab"));
      Files.writeString(media.resolve("abc"), "picture");

      assertThat(SqliteBackup.copy(data(), to)).isPositive();
      store.write(PROJECT, List.of(span("t2", "a").root())).join();
    }

    assertThat(to.resolve("journal/000000000001.journal")).hasContent("kept");
    assertThat(to.resolve("media/ab/abc")).hasContent("picture");
    try (TraceStore copy = open(to)) {
      assertThat(copy.traces(TraceQuery.of(PROJECT).search("needle"))).hasSize(1);
      assertThat(copy.countTraces(TraceQuery.of(PROJECT))).isEqualTo(1);
    }
  }

  @Test
  void copy_toAFolderWithFiles_isRefused() throws Exception {
    open(data()).close();
    Path to = Files.createDirectory(folder.resolve("full"));
    Files.createFile(to.resolve("x"));

    assertThatThrownBy(() -> SqliteBackup.copy(data(), to))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void copy_ofNoDatabase_isRefused() {
    assertThatThrownBy(() -> SqliteBackup.copy(folder, folder.resolve("backup")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no database");
  }
}
