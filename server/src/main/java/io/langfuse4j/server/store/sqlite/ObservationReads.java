package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.StoredObservation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries over observations. */
final class ObservationReads {
  private static final String PROJECT = " JOIN project p ON p.pk = o.project";
  private static final String NARROW = ObservationRows.NARROW + ObservationRows.FROM + PROJECT;
  private static final String WITH_CONTENT =
      ObservationRows.WITH_CONTENT + ObservationRows.FROM_WITH_CONTENT + PROJECT;

  List<StoredObservation> page(Connection connection, ObservationQuery query) throws SQLException {
    Where where = where(query);
    ObservationQuery.Position after = query.after();
    if (after != null) {
      where
          .and("o.start_time <= ?", after.startTime())
          .and(
              "(o.start_time, t.id, o.id) < (?, ?, ?)",
              after.startTime(),
              after.traceId(),
              after.id());
    }
    return Sql.list(
        connection,
        query.withContent() ? WITH_CONTENT : NARROW,
        where,
        orderBy(query.order()) + " LIMIT ? OFFSET ?",
        row -> ObservationRows.read(row, query.withContent()),
        query.limit(),
        query.offset());
  }

  long count(Connection connection, ObservationQuery query) throws SQLException {
    if (query.filters().isEmpty()) {
      return Sql.count(
          connection,
          "SELECT count(*) FROM observation o" + PROJECT,
          new Where().and("p.id = ?", query.project()));
    }
    return Sql.count(connection, "SELECT count(*)" + ObservationRows.FROM + PROJECT, where(query));
  }

  /** None or one. */
  List<StoredObservation> one(
      Connection connection, String project, @Nullable String traceId, String id)
      throws SQLException {
    Where where = new Where().and("p.id = ?", project).and("o.id = ?", id);
    if (traceId != null) {
      where.and("t.id = ?", traceId);
    }
    return Sql.list(
        connection,
        WITH_CONTENT,
        where,
        "ORDER BY o.pk DESC LIMIT 1",
        row -> ObservationRows.read(row, true));
  }

  Map<String, List<String>> ids(Connection connection, String project, List<String> traceIds)
      throws SQLException {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT o.id AS id"
                + ObservationRows.FROM
                + PROJECT
                + " WHERE t.id = ? AND p.id = ? ORDER BY o.start_time, o.pk")) {
      for (String traceId : traceIds) {
        Rows.bind(statement, traceId, project);
        List<String> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.add(Rows.required(row, "id"));
          }
        }
        ids.put(traceId, found);
      }
    }
    return ids;
  }

  private static Where where(ObservationQuery query) {
    return new Where().and("p.id = ?", query.project()).and(Columns.OBSERVATIONS, query.filters());
  }

  private static String orderBy(Order order) {
    String direction = order.descending() ? " DESC" : " ASC";
    return "ORDER BY "
        + Columns.OBSERVATIONS.sortable(order.column())
        + direction
        + ", t.id"
        + direction
        + ", o.id"
        + direction;
  }
}
