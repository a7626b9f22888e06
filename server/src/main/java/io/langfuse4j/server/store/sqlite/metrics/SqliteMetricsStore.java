package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.MetricsColumns;
import io.langfuse4j.server.store.common.MetricsView;
import io.langfuse4j.server.store.sqlite.database.Readers;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics as one grouping query over the views, or as one for each slice of time where there are
 * very many rows. Thread-safe.
 */
public final class SqliteMetricsStore implements MetricsStore {
  private static final String TAGS = "tags";

  private final Readers readers;
  private final long rowsPerSlice;
  private final int mostGroups;

  /**
   * @param rowsPerSlice how many rows are better sorted at a time than together with others
   * @param mostGroups how many groups may be put together in memory
   */
  public SqliteMetricsStore(Readers readers, long rowsPerSlice, int mostGroups) {
    this.readers = readers;
    this.rowsPerSlice = rowsPerSlice;
    this.mostGroups = mostGroups;
  }

  @Override
  public List<Map<String, @Nullable Object>> metrics(MetricsQuery query) {
    MetricsView view = SqliteDialect.TERMS.metrics(query.view());
    MetricsColumns columns = new MetricsColumns(query, view, SqliteDialect.SQL);
    List<MetricsColumns.Sorting> order = columns.sorted();
    List<List<@Nullable Object>> rows =
        readers.readTogether(
            team -> {
              List<TimeSlice> slices = slices(team.own(), query, view);
              MetricsParts parts =
                  new MetricsParts(
                      query,
                      view,
                      slice -> where(view, query, slice.from(), slice.to()),
                      mostGroups);
              if (slices.size() > 1) {
                team.read(slices.stream().map(parts::part).toList());
              }
              List<List<@Nullable Object>> sliced = parts.rows(order);
              return sliced.isEmpty() ? whole(team.own(), query, view, columns) : sliced;
            });
    return rows.stream().map(row -> named(row, columns.names(), query.granularity())).toList();
  }

  /** At most one if the query is to be read as a whole. */
  private List<TimeSlice> slices(Connection connection, MetricsQuery query, MetricsView view)
      throws SQLException {
    Extent extent = Extent.of(connection, query, view);
    if (extent == null || extent.rows() < 2 * rowsPerSlice || extent.from() < 0) {
      return List.of();
    }
    boolean alone =
        query.measures().stream().map(MetricsColumns::how).anyMatch(Aggregation.UNIQ::equals);
    long pieces = alone ? 1 : extent.rows() / rowsPerSlice;
    return TimeSlice.cut(extent.from(), extent.to(), pieces, query.granularity());
  }

  private static List<List<@Nullable Object>> whole(
      Connection connection, MetricsQuery query, MetricsView view, MetricsColumns columns)
      throws SQLException {
    String select = columns.select();
    Where where = where(view, query, query.from().toEpochMilli(), query.to().toEpochMilli());
    return Sql.list(
        connection,
        select + MetricsJoins.from(view.alias(), select + where.sql()),
        where,
        columns.groupedAndOrdered() + " LIMIT ?",
        row -> values(row, columns.names().size()),
        query.limit());
  }

  private static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      values.add(row.getObject(i));
    }
    return values;
  }

  private static Where where(MetricsView view, MetricsQuery query, long from, long to) {
    Where where =
        Where.metrics(query.project(), view)
            .and(view.time() + " >= ?", from)
            .and(view.time() + " < ?", to);
    List<String> types = query.view().dataTypes();
    if (!types.isEmpty()) {
      where.and("s.data_type IN " + Where.list(types), types.toArray());
    }
    return where.and(view.filters(), query.filters());
  }

  private static Map<String, @Nullable Object> named(
      List<@Nullable Object> row, List<String> names, @Nullable Granularity granularity) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Object value = row.get(i);
      if (MetricsQuery.TIME.equals(name) && granularity != null && value != null) {
        value = SqliteDialect.start(granularity, value);
      } else if (TAGS.equals(name) && value instanceof String tags) {
        value = JsonText.strings(tags);
      }
      values.put(name, value);
    }
    return values;
  }
}
