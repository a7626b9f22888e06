package io.langfuse4j.server.store.sqlite.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import io.langfuse4j.server.store.sqlite.database.Commits;
import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.database.Readers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What slices come to together is what one query over everything gives. */
class MetricsPartsTest {
  private static final String PROJECT = "project";
  private static final int TRACES = 600;
  private static final String[] NAMES = {"ask", "answer", "Ü", "\uFFEE", "🙂", "", "it's"};

  @TempDir private static Path folder;
  private static Readers readers;

  @BeforeAll
  static void store() {
    try (SqliteTraceStore store = SqliteTraceStore.open(folder, Clock.systemUTC(), 1L << 28)) {
      Random random = new Random(12);
      List<MappedSpan> spans = new ArrayList<>();
      for (int i = 0; i < TRACES; i++) {
        // Two months, most of it in the second.
        long start = (long) (Math.sqrt(random.nextDouble()) * Duration.ofDays(60).toMillis());
        spans.add(varied(random, "t" + i, 0, start).user("user-" + random.nextInt(9)).root());
        for (int j = 1; j < 4; j++) {
          spans.add(varied(random, "t" + i, j, start + 10L * j).parent(i + "-0").child());
        }
      }
      store.write(PROJECT, spans).join();
    }
    Database database =
        new Database(folder.resolve("langfuse4j.db"), folder.resolve("langfuse4j-search.db"));
    readers = new Readers(database::openForReading, new Commits(), 2, 2);
  }

  @AfterAll
  static void close() throws Exception {
    readers.close();
  }

  private static Spans varied(Random random, String trace, int number, long start) {
    Spans span =
        Spans.span(trace, trace.substring(1) + "-" + number)
            .name(NAMES[random.nextInt(NAMES.length)])
            .at(start, start + random.nextInt(3_000))
            .level(random.nextInt(10) == 0 ? Level.ERROR : Level.DEFAULT);
    if (random.nextInt(20) == 0) {
      span.running();
    }
    return random.nextBoolean()
        ? span
        : span.type(ObservationType.GENERATION)
            .model(
                "model-" + random.nextInt(3),
                random.nextInt(1_000),
                random.nextInt(1_000),
                "0." + random.nextInt(1_000_000));
  }

  private static MetricsQuery query(
      View view, List<String> dimensions, Granularity granularity, Filter... filters) {
    List<Measure> measures = new ArrayList<>();
    for (String measure : List.of("latency", "totalTokens", "totalCost")) {
      Stream.of(Aggregation.values())
          .filter(how -> how != Aggregation.UNIQ)
          .forEach(how -> measures.add(new Measure(measure, how)));
    }
    return new MetricsQuery(
        PROJECT,
        view,
        dimensions,
        measures,
        List.of(filters),
        granularity,
        Spans.START.minus(Duration.ofDays(10)),
        Spans.START.plus(Duration.ofDays(55)),
        List.of(),
        7,
        1_000);
  }

  private static void assertSameInParts(MetricsQuery query) {
    assertSameInParts(query, 10_000);
  }

  private static void assertSameInParts(MetricsQuery query, int mostGroups) {
    List<Map<String, Object>> whole = new SqliteMetricsStore(readers, 1_000_000, 1).metrics(query);

    assertThat(whole).isNotEmpty();
    assertThat(new SqliteMetricsStore(readers, 100, mostGroups).metrics(query))
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withComparatorForType(MetricsPartsTest::nearly, Double.class)
                .build())
        .containsExactlyElementsOf(whole);
  }

  /** Doubles that were added up in another order. */
  private static int nearly(Double one, Double other) {
    return Math.abs(one - other) <= 1e-12 * Math.abs(one) ? 0 : Double.compare(one, other);
  }

  static Stream<List<String>> dimensions() {
    return Stream.of(
        List.of(),
        List.of("name"),
        List.of("providedModelName"),
        List.of("type", "level"),
        List.of("userId", "name"),
        List.of("promptVersion"),
        List.of("tags"));
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void observations_byDimension_areTheSame(List<String> dimensions) {
    List<Order> byKey = dimensions.stream().map(name -> new Order(name, true)).toList();

    assertSameInParts(ordered(query(View.OBSERVATIONS, dimensions, null), byKey));
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void observations_alongTime_areTheSame(Granularity granularity) {
    assertSameInParts(query(View.OBSERVATIONS, List.of(), granularity));
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void observations_byModelAlongTime_areTheSame(Granularity granularity) {
    assertSameInParts(
        ordered(
            query(View.OBSERVATIONS, List.of("providedModelName"), granularity),
            List.of(new Order(MetricsQuery.TIME, true), new Order("providedModelName", false))));
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void traces_byNameAlongTime_areTheSame(Granularity granularity) {
    assertSameInParts(
        ordered(
            query(View.TRACES, List.of("name"), granularity),
            List.of(new Order(MetricsQuery.TIME, false), new Order("name", false))));
  }

  @Test
  void filtered_areTheSame() {
    assertSameInParts(
        query(
            View.OBSERVATIONS,
            List.of("name"),
            Granularity.DAY,
            Filter.equal("type", "GENERATION")));
  }

  @Test
  void filteredByTrace_areTheSame() {
    assertSameInParts(
        query(View.OBSERVATIONS, List.of(), Granularity.DAY, Filter.equal("userId", "user-3")));
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void toldApart_areTheSame(Granularity granularity) {
    MetricsQuery query = query(View.OBSERVATIONS, List.of(), granularity);

    assertSameInParts(
        measuring(
            query,
            List.of(
                new Measure("uniqueUserIds", Aggregation.COUNT),
                new Measure("traceIds", Aggregation.UNIQ))));
  }

  @Test
  void toldApartWithoutTime_areTheSame() {
    assertSameInParts(
        measuring(
            query(View.OBSERVATIONS, List.of("type"), null),
            List.of(new Measure("uniqueUserIds", Aggregation.UNIQ))));
  }

  @Test
  void more_thanTheLimit_leavesTheLast() {
    MetricsQuery all =
        ordered(query(View.OBSERVATIONS, List.of("id"), null), List.of(new Order("id", true)));

    assertSameInParts(limited(all, 17));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 8})
  void more_groupsThanAreKept_areTheSame(int mostGroups) {
    assertSameInParts(
        ordered(query(View.OBSERVATIONS, List.of("name"), null), List.of(new Order("name", true))),
        mostGroups);
  }

  @Test
  void nothingMatches_isARowOfNothing() {
    assertSameInParts(
        query(View.OBSERVATIONS, List.of(), null, Filter.equal("name", "nobody has it")));
  }

  private static MetricsQuery ordered(MetricsQuery of, List<Order> order) {
    return changed(of, of.measures(), order, of.limit());
  }

  private static MetricsQuery measuring(MetricsQuery of, List<Measure> measures) {
    return changed(of, measures, of.order(), of.limit());
  }

  private static MetricsQuery limited(MetricsQuery of, int limit) {
    return changed(of, of.measures(), of.order(), limit);
  }

  private static MetricsQuery changed(
      MetricsQuery of, List<Measure> measures, List<Order> order, int limit) {
    return new MetricsQuery(
        of.project(),
        of.view(),
        of.dimensions(),
        measures,
        of.filters(),
        of.granularity(),
        of.from(),
        of.to(),
        order,
        of.bins(),
        limit);
  }
}
