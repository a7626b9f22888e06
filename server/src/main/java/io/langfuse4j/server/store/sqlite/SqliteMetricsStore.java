package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.MetricsColumns;
import io.langfuse4j.server.store.common.MetricsView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as one grouping query over the views. Thread-safe. */
final class SqliteMetricsStore implements MetricsStore {
  private static final String TAGS = "tags";

  private final Readers readers;

  SqliteMetricsStore(Readers readers) {
    this.readers = readers;
  }

  @Override
  public List<Map<String, @Nullable Object>> metrics(MetricsQuery query) {
    MetricsView view = SqliteDialect.TERMS.metrics(query.view());
    MetricsColumns columns = new MetricsColumns(query, view, SqliteDialect.SQL);
    List<String> names = columns.names();
    Where where = where(view, query);
    String select = columns.select();
    return readers.read(
        connection ->
            Sql.list(
                connection,
                select + MetricsJoins.from(view.alias(), select + where.sql()),
                where,
                columns.groupedAndOrdered() + " LIMIT ?",
                row -> row(row, names, query.granularity()),
                query.limit()));
  }

  private static Where where(MetricsView view, MetricsQuery query) {
    Where where =
        Where.metrics(query.project(), view)
            .and(view.time() + " >= ?", query.from())
            .and(view.time() + " < ?", query.to());
    List<String> types = query.view().dataTypes();
    if (!types.isEmpty()) {
      where.and("s.data_type IN " + Where.list(types), types.toArray());
    }
    return where.and(view.filters(), query.filters());
  }

  private static Map<String, @Nullable Object> row(
      ResultSet row, List<String> names, @Nullable Granularity granularity) throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Object value = row.getObject(i + 1);
      if (MetricsQuery.TIME.equals(name) && granularity != null) {
        value = SqliteDialect.start(granularity, value);
      } else if (TAGS.equals(name) && value instanceof String tags) {
        value = JsonText.strings(tags);
      }
      values.put(name, value);
    }
    return values;
  }
}
