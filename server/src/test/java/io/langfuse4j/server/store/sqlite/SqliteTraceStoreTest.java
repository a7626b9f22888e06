package io.langfuse4j.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTraceStoreTest extends TraceStoreContract {
  private static final long ROOMY = 1L << 28;

  @TempDir private Path folder;

  @Override
  protected TraceStore openEmpty() {
    return SqliteTraceStore.open(folder.resolve("contract"), Clock.systemUTC(), ROOMY);
  }

  private TraceStore open(Path where) {
    return SqliteTraceStore.open(where, Clock.systemUTC(), ROOMY);
  }

  @Test
  void open_folderInUse_isRefused() {
    Path data = folder.resolve("shared");
    try (TraceStore first = open(data)) {
      assertThatThrownBy(() -> open(data))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another server");
      assertThat(first.statistics("p").traces()).isZero();
    }
    open(data).close();
  }

  @Test
  void open_fileInsteadOfFolder_isRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void open_notADatabase_isRefusedAndFolderReleased() throws Exception {
    Path data = Files.createDirectory(folder.resolve("garbage"));
    Files.writeString(data.resolve("langfuse4j.db"), "This is no database. ".repeat(1000));

    assertThatThrownBy(() -> open(data)).isInstanceOf(StoreException.class);

    Files.delete(data.resolve("langfuse4j.db"));
    open(data).close();
  }

  /** Put together from the newest traces, they are what all traces give. */
  @Test
  void sessions_pageByPage_areThoseOfAllTraces() {
    Random random = new Random(8);
    List<MappedSpan> spans = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      Spans span = Spans.span("t" + i, "o" + i).at(random.nextInt(5_000), 6_000);
      // Some have no session, some sessions have many traces and begin early.
      spans.add(
          (i % 7 == 0 ? span : span.session("s" + random.nextInt(random.nextInt(400) + 1))).root());
    }
    try (TraceStore store = open(folder.resolve("sessions"))) {
      store.write("p", spans).join();
      List<Filter> all = List.of(Filter.from("timestamp", Instant.EPOCH));

      for (int limit : List.of(1, 3, 10, 50)) {
        for (int offset = 0; offset < 260; offset += 13) {
          assertThat(store.sessions(new SessionQuery("p", List.of(), limit, offset)))
              .isEqualTo(store.sessions(new SessionQuery("p", all, limit, offset)));
        }
      }
    }
  }

  @Test
  void count_ofOneTag_isOfItsProject() {
    try (TraceStore store = open(folder.resolve("tags"))) {
      store.write("p", List.of(Spans.span("a", "1").tags("x", "y").root())).join();
      store.write("p", List.of(Spans.span("b", "2").tags("x").root())).join();
      store.write("q", List.of(Spans.span("c", "3").tags("x").root())).join();
      TraceQuery tagged = TraceQuery.of("p").filters(List.of(Filter.anyOf("tags", List.of("x"))));

      assertThat(store.countTraces(tagged)).isEqualTo(2);
      assertThat(store.countTraces(tagged, 1)).isEqualTo(1);
      assertThat(store.countTraces(TraceQuery.of("p").filters(List.of(Filter.equal("tags", "y")))))
          .isEqualTo(1);
      assertThat(store.countTraces(tagged.search("nowhere"))).isZero();
    }
  }
}
