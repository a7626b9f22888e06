package io.langfuse4j.server.store.clickhouse;

import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceStoreContract;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseTraceStoreTest extends TraceStoreContract {
  private static final long ROOMY = 1L << 28;

  @TempDir private Path folder;

  /** Before anything else, so that a machine without the engine skips rather than fails. */
  @BeforeAll
  static void engine() {
    ClickHouseFront.url();
  }

  @Override
  protected TraceStore openEmpty() {
    return open(ClickHouseFront.emptyDatabase(), "contract");
  }

  private ClickHouseTraceStore open(ClickHouseSettings settings, String home) {
    return ClickHouseTraceStore.open(
        settings,
        SqliteTraceStore.open(folder.resolve(home), Clock.systemUTC(), ROOMY),
        Clock.systemUTC(),
        ROOMY);
  }

  private static Score score(String traceId) {
    return new Score(
        "s",
        new Score.Subject(traceId, null, null, null),
        "quality",
        Score.DataType.NUMERIC,
        1.0,
        null,
        Score.Source.API,
        null,
        null,
        "{}",
        null,
        null,
        "default",
        Spans.START);
  }

  @Test
  void twoServers_shareTracesAndMergeSpans() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    try (TraceStore one = open(settings, "one");
        TraceStore other = open(settings, "other")) {
      one.write("p", List.of(span("t", "o").content("in", null).running().root())).join();
      other.write("p", List.of(span("t", "o").content(null, "out").root())).join();
      other.write("p", List.of(span("t", "c").parent("o").child())).join();

      for (TraceStore store : List.of(one, other)) {
        assertThat(store.trace("p", "t").summary().totals().observations()).isEqualTo(2);
        assertThat(store.observation("p", "t", "o").observation().content().input())
            .isEqualTo("in");
        assertThat(store.trace("p", "t").output()).isEqualTo("out");
      }
    }
    try (TraceStore later = open(settings, "later")) {
      assertThat(later.statistics("p").observations()).isEqualTo(2);
    }
  }

  @Test
  void changesOfOtherServers_areToldOnce_andOwnOnesNot() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    try (TraceStore one = open(settings, "one");
        TraceStore other = open(settings, "other")) {
      other.write("p", List.of(span("before", "o").root())).join();
      one.changedElsewhere("p");

      other.write("p", List.of(span("t", "o").root(), span("t", "c").parent("o").child())).join();
      other.write("q", List.of(span("elsewhere", "o").root())).join();
      one.write("p", List.of(span("own", "o").root())).join();
      assertThat(one.changedElsewhere("p")).containsExactly(new TraceChange("p", "t", Spans.START));
      assertThat(one.changedElsewhere("p")).isEmpty();

      one.write("p", List.of(span("t", "of-one").parent("o").child())).join();
      assertThat(one.changedElsewhere("p")).isEmpty();
      other.write("p", List.of(span("t", "o").name("renamed").root())).join();
      other.writeScores("p", List.of(score("before"))).join();
      assertThat(one.changedElsewhere("p"))
          .extracting(TraceChange::traceId)
          .containsExactlyInAnyOrder("t", "before");
      assertThat(one.changedElsewhere("p")).isEmpty();
    }
  }

  @Test
  void spanSentAgain_isOneRowAndOneAnswer() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    ClickHouse clickHouse = new ClickHouse(settings);
    try (TraceStore store = open(settings, "again")) {
      MappedSpan span = span("t", "o").model("m", 1, 2, "0.5").root();
      store.write("p", List.of(span)).join();
      store.write("p", List.of(span)).join();

      assertThat(clickHouse.number("SELECT count() AS n FROM observations")).isOne();
    }
  }

  @Test
  void retention_deletesTheOldestOfAllProjects() {
    try (TraceStore store = open(ClickHouseFront.emptyDatabase(), "own")) {
      store.write("p", List.of(span("old", "o").at(0, 1).root())).join();
      store.write("q", List.of(span("older", "o").at(-5_000, -4_000).root())).join();
      store.write("q", List.of(span("young", "o").at(60_000, 60_001).root())).join();

      assertThat(store.deleteOldest(Spans.START.plusSeconds(30), 1).join()).isOne();
      assertThat(store.trace("q", "older")).isNull();
      assertThat(store.deleteOldest(Spans.START.plusSeconds(30), 10).join()).isOne();
      assertThat(store.trace("p", "old")).isNull();
      assertThat(store.deleteOldest(Spans.START.plusSeconds(30), 10).join()).isZero();
      assertThat(store.trace("q", "young")).isNotNull();
      assertThat(store.liveBytes()).isPositive();
    }
  }

  @Test
  void filtersOfTheWrongType_findNothingRatherThanFail() {
    try (TraceStore store = open(ClickHouseFront.emptyDatabase(), "own")) {
      store.write("p", List.of(span("t", "o").name("5").user("u").root())).join();
      TraceQuery all = TraceQuery.of("p");

      assertThat(store.traces(all.filters(List.of(Filter.equal("latency", "soon"))))).isEmpty();
      assertThat(store.traces(all.filters(List.of(Filter.equal("userId", 1.5))))).isEmpty();
      assertThat(store.traces(all.filters(List.of(Filter.equal("name", 5.0))))).hasSize(1);
      assertThat(
              store.traces(
                  all.filters(List.of(new Filter("name", null, Operator.NONE_OF, List.of())))))
          .hasSize(1);
      assertThat(store.traces(all.filters(List.of(Filter.anyOf("name", List.of()))))).isEmpty();
      assertThat(
              store.observations(
                  ObservationQuery.of("p").filters(List.of(Filter.equal("startTime", "x")))))
          .isEmpty();
    }
  }

  @Test
  void open_refusedUser_isSaidWithTheVariablesToSet() {
    ClickHouseSettings settings =
        ClickHouseSettings.of(
            ClickHouseFront.url(), null, Map.of("LANGFUSE4J_CLICKHOUSE_USER", "nobody"));

    assertThatThrownBy(() -> open(settings, "refused"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refused the user nobody")
        .hasMessageContaining("LANGFUSE4J_CLICKHOUSE_PASSWORD");
    // The folder is free again.
    SqliteTraceStore.open(folder.resolve("refused"), Clock.systemUTC(), ROOMY).close();
  }

  @Test
  void open_tablesOfANewerServer_isRefused() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    open(settings, "first").close();
    new ClickHouse(settings).execute("INSERT INTO langfuse4j_schema VALUES (1000, 'later')");

    assertThatThrownBy(() -> open(settings, "second"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version of this server (schema 1000");
  }

  @Test
  void write_tableGone_isRefusedAndTheNextOneStored() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    ClickHouse clickHouse = new ClickHouse(settings);
    try (TraceStore store = open(settings, "fault")) {
      clickHouse.execute("RENAME TABLE observations TO hidden");
      assertThatThrownBy(() -> store.write("p", List.of(span("t", "o").root())).join())
          .hasCauseInstanceOf(StoreException.class);

      clickHouse.execute("RENAME TABLE hidden TO observations");
      store.write("p", List.of(span("t", "o").root())).join();
      assertThat(store.trace("p", "t")).isNotNull();
    }
  }
}
