package io.langfuse4j.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.sqlite.database.Commits;
import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.database.Readers;
import io.langfuse4j.server.store.sqlite.metrics.InsightReads;
import io.langfuse4j.server.store.sqlite.metrics.SqliteMetricsStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How SQLite goes about the reads that everybody waits for: along an index, without sorting what is
 * not on the page. The planner's statistics are the schema's, so it does the same on every server.
 */
class QueryPlansTest {
  private static final String PROJECT = "project";
  private static final TraceReads TRACES = new TraceReads();
  private static final ObservationReads OBSERVATIONS = new ObservationReads();
  private static final ScoreReads SCORES = new ScoreReads();
  private static final InsightReads INSIGHTS = new InsightReads(1_000);
  private static final String FIGURES = "observation_figures";

  @TempDir private static Path folder;

  @BeforeAll
  static void store() {
    try (SqliteTraceStore store = SqliteTraceStore.open(folder, Clock.systemUTC(), 1L << 28)) {
      store.write(PROJECT, spans()).join();
      store.write("another", List.of(Spans.span("t", "o").root())).join();
    }
  }

  private static List<MappedSpan> spans() {
    List<MappedSpan> spans = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long start = i * Duration.ofMinutes(7).toMillis();
      spans.add(
          Spans.span("t" + i, "o" + i)
              .name("agent-" + i % 20)
              .at(start, start + 100)
              .environment(i % 2 == 0 ? "production" : "staging")
              .user("user-" + i % 300)
              .session("session-" + i / 5)
              .tags("tag-" + i % 2)
              .root());
      spans.add(
          Spans.span("t" + i, "c" + i)
              .name("call-" + i % 20)
              .parent("o" + i)
              .at(start + 1, start + 50)
              .type(ObservationType.GENERATION)
              .level(i % 50 == 0 ? Level.ERROR : Level.DEFAULT)
              .calls(i % 2 == 0 ? "gpt-4o" : "o3-mini", 10, 20)
              .child());
    }
    return spans;
  }

  private interface Reading {
    Object with(Connection connection) throws SQLException;
  }

  private static Arguments page(String name, String index, Reading reading) {
    return Arguments.of(name, index, reading);
  }

  private static Arguments traces(String name, String index, Filter... filters) {
    TraceQuery query = TraceQuery.of(PROJECT).filters(List.of(filters));
    return page(name, index, connection -> TRACES.page(connection, query));
  }

  private static Arguments observations(String name, String index, Filter... filters) {
    ObservationQuery query = ObservationQuery.of(PROJECT).filters(List.of(filters));
    return page(name, index, connection -> OBSERVATIONS.page(connection, query));
  }

  static Stream<Arguments> pages() {
    Filter lastDay = Filter.from("timestamp", Spans.START.plus(Duration.ofDays(13)));
    Filter type = Filter.equal("type", "GENERATION");
    return Stream.of(
        traces("traces", "trace_by_time"),
        traces("traces of a name", "trace_by_name", Filter.anyOf("name", List.of("agent-7"))),
        traces("traces of a user", "trace_by_user", Filter.anyOf("userId", List.of("user-7"))),
        traces("a session", "trace_by_session", Filter.anyOf("sessionId", List.of("session-7"))),
        traces("traces of a tag", "trace_by_time", Filter.anyOf("tags", List.of("tag-1"))),
        traces("traces of a model", "trace_by_time", Filter.anyOf("model", List.of("gpt-4o"))),
        traces(
            "traces with errors",
            "trace_by_error",
            new Filter("errorCount", null, Operator.GREATER, 0.0)),
        traces("traces of a day", "trace_by_time", lastDay),
        traces(
            "traces of an environment",
            "trace_by_time",
            Filter.anyOf("environment", List.of("staging"))),
        page(
            "traces after one",
            "trace_by_time",
            connection ->
                TRACES.page(
                    connection,
                    TraceQuery.of(PROJECT)
                        .after(new TraceQuery.Position(Spans.START.plusSeconds(9), "t")))),
        page(
            "traces with content",
            "trace_by_time",
            connection -> TRACES.page(connection, TraceQuery.of(PROJECT).content(true))),
        observations("observations", "observation_by_time"),
        observations("observations of a type", "observation_by_type", type),
        observations(
            "generations of a name", "observation_by_name", type, Filter.equal("name", "call-7")),
        observations(
            "observations of a level", "observation_by_level", Filter.equal("level", "ERROR")),
        page(
            "observations after one, with content",
            "observation_by_time",
            connection ->
                OBSERVATIONS.page(
                    connection,
                    ObservationQuery.of(PROJECT)
                        .content(true)
                        .after(
                            new ObservationQuery.Position(Spans.START.plusSeconds(9), "t", "o")))),
        page(
            "scores",
            "score_by_time",
            connection -> SCORES.page(connection, ScoreQuery.of(PROJECT))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void page_goesAlongItsIndexAndSortsNoMoreThanItself(String name, String index, Reading reading)
      throws Exception {
    List<String> finding =
        plan(reading).stream().takeWhile(step -> !step.equals("SCAN page")).toList();

    assertThat(finding)
        .anyMatch(step -> step.contains("SEARCH") && step.contains(" INDEX " + index + " "))
        .noneMatch(QueryPlansTest::readsATable)
        .doesNotContain("USE TEMP B-TREE FOR ORDER BY");
  }

  static Stream<Arguments> figures() {
    TraceQuery traces = TraceQuery.of(PROJECT);
    ObservationQuery observations =
        ObservationQuery.of(PROJECT).filters(List.of(Filter.equal("traceId", "t7")));
    return Stream.of(
        page(
            "observations of a trace",
            "observation_by_trace",
            connection -> OBSERVATIONS.page(connection, observations)),
        page(
            "sessions",
            "trace_by_session",
            connection -> TRACES.sessions(connection, new SessionQuery(PROJECT, List.of(), 50, 0))),
        page(
            "number of sessions",
            "trace_by_session",
            connection ->
                TRACES.countSessions(connection, new SessionQuery(PROJECT, List.of(), 50, 0))),
        page(
            "users",
            "trace_by_user",
            connection -> INSIGHTS.groups(connection, traces, Grouping.USER)),
        page(
            "sessions of the viewer",
            "trace_by_session",
            connection -> INSIGHTS.groups(connection, traces, Grouping.SESSION)),
        page("facets", "trace_by_time", connection -> TRACES.facets(connection, traces, 10)),
        page("count by day", FIGURES, metrics("latency", Aggregation.COUNT, Granularity.DAY)),
        page(
            "tokens by minute",
            FIGURES,
            metrics("totalTokens", Aggregation.SUM, Granularity.MINUTE)),
        page("latency by name", FIGURES, metrics("latency", Aggregation.P95, null, "name")),
        page(
            "cost by model",
            FIGURES,
            metrics("totalCost", Aggregation.AVG, null, "providedModelName")),
        page("tokens by user", FIGURES, metrics("totalTokens", Aggregation.SUM, null, "userId")),
        page("dashboard", FIGURES, QueryPlansTest::dashboard));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("figures")
  void figures_areReadInAnIndex(String name, String index, Reading reading) throws Exception {
    assertThat(plan(reading))
        .anyMatch(step -> step.contains("SEARCH") && step.contains(" INDEX " + index + " "))
        .noneMatch(QueryPlansTest::readsATable);
  }

  private static Reading metrics(
      String measure, Aggregation how, @Nullable Granularity granularity, String... dimensions) {
    MetricsQuery query =
        new MetricsQuery(
            PROJECT,
            View.OBSERVATIONS,
            List.of(dimensions),
            List.of(new Measure(measure, how)),
            List.of(),
            granularity,
            Spans.START,
            Spans.START.plus(Duration.ofDays(10)),
            List.of(),
            10,
            100);
    return connection -> new SqliteMetricsStore(alone(connection), 1_000, 1_000).metrics(query);
  }

  /**
   * Of another project: of the one that has most of the traces all rows are read in their order.
   */
  private static Object dashboard(Connection connection) {
    return alone(connection)
        .readTogether(
            team -> INSIGHTS.performance(team, TraceQuery.of("another"), Duration.ofDays(1), 5));
  }

  private static Readers alone(Connection connection) {
    return new Readers(() -> connection, new Commits(), 1, 0);
  }

  /** Whether a table of the store is read as a whole, rather than an index or what was found. */
  private static boolean readsATable(String step) {
    return step.matches("SCAN (t|o|s|x|n|trace|observation|score|trace_term)");
  }

  /** What EXPLAIN QUERY PLAN says of every statement that a read prepares. */
  private static List<String> plan(Reading reading) throws Exception {
    Database database =
        new Database(folder.resolve("langfuse4j.db"), folder.resolve("langfuse4j-search.db"));
    List<String> prepared = new ArrayList<>();
    try (Connection connection = database.openForReading()) {
      reading.with(recording(connection, prepared));
      List<String> plan = new ArrayList<>();
      for (String sql : prepared) {
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
          while (row.next()) {
            plan.add(row.getString("detail"));
          }
        }
      }
      return plan;
    }
  }

  private static Connection recording(Connection connection, List<String> prepared) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                prepared.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
