package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final String PROJECT = "p";

  @TempDir private Path folder;
  private TraceStore store;

  @BeforeEach
  void open() {
    store = SqliteTraceStore.open(folder, Clock.systemUTC(), 1 << 24);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(String project, String trace, Instant at, String content) {
    long start = at.toEpochMilli() - Spans.START.toEpochMilli();
    store
        .write(
            project,
            List.of(Spans.span(trace, "o").at(start, start + 1).content(content, null).root()))
        .join();
  }

  private List<String> traces(String project) {
    return store.traces(TraceQuery.of(project)).stream()
        .map(trace -> trace.summary().id())
        .toList();
  }

  @Test
  void tracesThatAreTooOld_areDeleted_inEveryProject() {
    Instant now = Instant.parse("2026-03-10T00:00:00Z");
    for (String project : List.of(PROJECT, "q")) {
      write(project, "old", now.minus(Duration.ofDays(8)), "x");
      write(project, "new", now.minus(Duration.ofDays(6)), "x");
    }

    try (Retention retention =
        new Retention(
            store, Duration.ofDays(7), Long.MAX_VALUE, Clock.fixed(now, ZoneOffset.UTC))) {
      retention.run();

      assertThat(traces(PROJECT)).containsExactly("new");
      assertThat(traces("q")).containsExactly("new");
      assertThat(retention.deleted()).isEqualTo(2);
    }
  }

  @Test
  void tooMuch_deletesTheOldest_andGivesSpaceBack() {
    Random random = new Random(1);
    byte[] noise = new byte[6_000];
    for (int i = 0; i < 600; i++) {
      random.nextBytes(noise);
      String text = HexFormat.of().formatHex(noise);
      write(PROJECT, "t" + i, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i), text);
    }
    long before = store.liveBytes();

    try (Retention retention = new Retention(store, null, before / 2, Clock.systemUTC())) {
      retention.run();
    }

    assertThat(store.liveBytes()).isLessThanOrEqualTo(before / 2);
    List<String> left = traces(PROJECT);
    assertThat(left).isNotEmpty().contains("t599").doesNotContain("t0");
  }

  @Test
  void noBounds_keepEverything() {
    write(PROJECT, "t", Instant.EPOCH, "x");

    try (Retention retention = new Retention(store, null, Long.MAX_VALUE, Clock.systemUTC())) {
      retention.start();
      retention.run();
    }

    assertThat(traces(PROJECT)).containsExactly("t");
  }
}
