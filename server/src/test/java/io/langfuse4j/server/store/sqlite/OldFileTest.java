package io.langfuse4j.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written by earlier versions are opened, brought up to date and read in full. */
class OldFileTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PROJECT = "local";

  @TempDir private Path folder;

  /** One trace of two observations and a score, written by schema 3. */
  private TraceStore openFirstRelease() throws IOException {
    try (InputStream file =
        new GZIPInputStream(OldFileTest.class.getResourceAsStream("first-release.db.gz"))) {
      Files.copy(file, folder.resolve("langfuse4j.db"));
    }
    return open();
  }

  private TraceStore open() {
    return SqliteTraceStore.open(folder, Clock.systemUTC(), 1 << 20);
  }

  @Test
  void firstRelease_isReadAndSearchedAndCounted() throws Exception {
    try (TraceStore store = openFirstRelease()) {
      StoredTrace trace = store.trace(PROJECT, TRACE);
      assertThat(trace.input()).isEqualTo("Where is the Eiffel tower?");
      assertThat(trace.summary().userId()).isEqualTo("marie");
      assertThat(trace.summary().tags()).containsExactly("geo");

      List<StoredObservation> observations =
          store.observations(
              ObservationQuery.of(PROJECT)
                  .filters(List.of(Filter.equal("traceId", TRACE)))
                  .content(true));
      assertThat(observations)
          .extracting(found -> found.observation().name())
          .containsExactly("ask", "answer");
      assertThat(observations.get(0).observation().modelCall().cost()).containsKey("total");

      assertThat(store.scoreIds(PROJECT, List.of(TRACE)).get(TRACE)).containsExactly("s1");
      assertThat(store.traces(TraceQuery.of(PROJECT).search("monument eif"))).hasSize(1);
      assertThat(store.statistics(PROJECT).traces()).isEqualTo(1);
      assertThat(store.statistics(PROJECT).observations()).isEqualTo(2);
    }
  }

  @Test
  void firstRelease_isUpToDateAfterwards_andOpensAgain() throws Exception {
    openFirstRelease().close();

    try (TraceStore store = open()) {
      assertThat(store.countTraces(TraceQuery.of(PROJECT))).isEqualTo(1);
      assertThat(store.deleteTraces(PROJECT, List.of(TRACE)).join()).isEqualTo(1);
      assertThat(store.countTraces(TraceQuery.of(PROJECT))).isZero();
    }
  }
}
