package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.common.MetricsColumns;
import io.langfuse4j.server.store.common.MetricsView;
import io.langfuse4j.server.store.sqlite.database.Team;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics over very many rows: each slice of time is grouped by itself, which sorts few rows at a
 * time, and the groups of all slices are put together here. Groups are limited, because they are
 * kept in memory. Parts may be read on several threads; everything else is confined to one.
 */
final class MetricsParts {
  private final MetricsQuery query;
  private final MetricsView view;
  private final Function<TimeSlice, Where> where;
  private final int mostGroups;
  private final Map<List<@Nullable Object>, List<Figure>> groups = new HashMap<>();
  private volatile boolean tooMany;

  /**
   * @param where the conditions of the query within a slice
   * @param mostGroups if there are more, they are not put together
   */
  MetricsParts(
      MetricsQuery query, MetricsView view, Function<TimeSlice, Where> where, int mostGroups) {
    this.query = query;
    this.view = view;
    this.where = where;
    this.mostGroups = mostGroups;
  }

  Team.Part part(TimeSlice slice) {
    return connection -> tooMany ? () -> {} : read(connection, slice);
  }

  private record Group(List<@Nullable Object> key, List<@Nullable Object> parts) {}

  private Runnable read(Connection connection, TimeSlice slice) throws SQLException {
    List<String> keys = new ArrayList<>(query.dimensions().stream().map(view::dimension).toList());
    Granularity granularity = query.granularity();
    if (granularity != null && slice.interval() == null) {
      keys.add(SqliteDialect.SQL.group(granularity, view.time()));
    }
    Where conditions = where.apply(slice);
    String select = select(keys);
    List<Group> read = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            select
                + MetricsJoins.from(view.alias(), select + conditions.sql())
                + conditions.sql()
                + grouped(keys.size()))) {
      conditions.bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next() && read.size() <= mostGroups) {
          read.add(group(row, keys.size(), slice));
        }
      }
    }
    return () -> read.forEach(this::take);
  }

  private String select(List<String> keys) {
    return Stream.concat(
            keys.stream(),
            query.measures().stream()
                .map(
                    measure ->
                        Figure.part(MetricsColumns.how(measure), view.measure(measure.name()))))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** Without a key there would be a row for nothing. */
  private static String grouped(int keys) {
    return keys == 0
        ? " HAVING count(*) > 0"
        : IntStream.rangeClosed(1, keys)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", " GROUP BY ", ""));
  }

  private Group group(ResultSet row, int keys, TimeSlice slice) throws SQLException {
    List<@Nullable Object> key = new ArrayList<>();
    for (int i = 1; i <= keys; i++) {
      key.add(row.getObject(i));
    }
    if (slice.interval() != null) {
      key.add(slice.interval());
    }
    List<@Nullable Object> parts = new ArrayList<>();
    int column = keys + 1;
    for (Measure measure : query.measures()) {
      parts.add(Figure.read(MetricsColumns.how(measure), row, column));
      column += Figure.width(MetricsColumns.how(measure));
    }
    return new Group(key, parts);
  }

  private void take(Group group) {
    if (tooMany) {
      return;
    }
    List<Figure> figures =
        groups.computeIfAbsent(
            group.key(),
            unused ->
                query.measures().stream()
                    .map(measure -> Figure.of(MetricsColumns.how(measure), query.bins()))
                    .toList());
    for (int i = 0; i < figures.size(); i++) {
      figures.get(i).add(group.parts().get(i));
    }
    if (groups.size() > mostGroups) {
      tooMany = true;
      groups.clear();
    }
  }

  /**
   * The groups' rows, in order; none if there were too many groups.
   *
   * @param order by columns of the rows
   */
  List<List<@Nullable Object>> rows(List<MetricsColumns.Sorting> order) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    groups.forEach(
        (key, figures) -> {
          List<@Nullable Object> row = new ArrayList<>(key);
          figures.forEach(figure -> row.add(figure.value()));
          rows.add(row);
        });
    rows.sort(comparator(order));
    return rows.subList(0, Math.min(query.limit(), rows.size()));
  }

  /** Rows that are level are sorted as SQLite groups them. */
  private Comparator<List<@Nullable Object>> comparator(List<MetricsColumns.Sorting> order) {
    int keys = query.dimensions().size() + (query.granularity() == null ? 0 : 1);
    Stream<MetricsColumns.Sorting> usual =
        IntStream.range(0, keys).mapToObj(i -> new MetricsColumns.Sorting(i, false));
    Comparator<List<@Nullable Object>> comparator = Comparator.comparingInt(row -> 0);
    for (MetricsColumns.Sorting by : Stream.concat(order.stream(), usual).toList()) {
      Comparator<List<@Nullable Object>> next =
          (left, right) -> SqliteValues.compare(left.get(by.column()), right.get(by.column()));
      comparator = comparator.thenComparing(by.descending() ? next.reversed() : next);
    }
    return comparator;
  }
}
