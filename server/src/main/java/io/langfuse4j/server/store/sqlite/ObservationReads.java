package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.sqlite.database.Team;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import io.langfuse4j.server.store.sqlite.writing.ObservationRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries over observations. */
final class ObservationReads {
  /** As many observations with their content are worth a connection of their own. */
  private static final int PART = 125;

  /** Whether a page may be so large that {@link #page(Team, ObservationQuery)} is faster. */
  static boolean isLarge(ObservationQuery query) {
    return query.withContent() && query.limit() > PART;
  }

  /** Content is read and unpacked in parts beside each other. */
  List<StoredObservation> page(Team team, ObservationQuery query) throws SQLException {
    List<Long> found =
        Sql.list(
            team.own(),
            "SELECT o.pk" + ObservationRows.FROM,
            whereOfPage(query),
            orderBy(query.order()) + " LIMIT ? OFFSET ?",
            row -> row.getLong(1),
            query.limit(),
            query.offset());
    List<StoredObservation> page = new ArrayList<>(found.size());
    List<Team.Part> parts = new ArrayList<>();
    for (int from = 0; from < found.size(); from += PART) {
      List<Long> some = found.subList(from, Math.min(from + PART, found.size()));
      parts.add(
          connection -> {
            List<StoredObservation> read = withContent(connection, some);
            return () -> page.addAll(read);
          });
    }
    team.read(parts);
    return page;
  }

  private static List<StoredObservation> withContent(Connection connection, List<Long> keys)
      throws SQLException {
    return Sql.rows(
        connection,
        ObservationRows.WITH_CONTENT
            + " FROM json_each(?) k CROSS JOIN observation o ON o.pk = k.value"
            + " CROSS JOIN trace t ON t.pk = o.trace"
            + ObservationRows.CONTENT
            + " ORDER BY k.key",
        row -> ObservationRows.read(row, true),
        keys.toString());
  }

  List<StoredObservation> page(Connection connection, ObservationQuery query) throws SQLException {
    Where where = whereOfPage(query);
    // The page is found over narrow rows; only its rows are then read in full.
    String order = orderBy(query.order());
    return Sql.list(
        connection,
        (query.withContent() ? ObservationRows.WITH_CONTENT : ObservationRows.NARROW)
            + " FROM (SELECT o.pk AS pk"
            + ObservationRows.FROM,
        where,
        order
            + " LIMIT ? OFFSET ?) page CROSS JOIN observation o ON o.pk = page.pk"
            + " CROSS JOIN trace t ON t.pk = o.trace"
            + (query.withContent() ? ObservationRows.CONTENT : "")
            + " "
            + order,
        row -> ObservationRows.read(row, query.withContent()),
        query.limit(),
        query.offset());
  }

  long count(Connection connection, ObservationQuery query) throws SQLException {
    if (query.filters().isEmpty()) {
      return Sql.total(connection, "observations", query.project());
    }
    return Sql.count(connection, "SELECT count(*) FROM observation o", where(query));
  }

  /** None or one. */
  List<StoredObservation> one(
      Connection connection, String project, @Nullable String traceId, String id)
      throws SQLException {
    List<Filter> filters = traceId == null ? List.of() : List.of(Filter.equal("traceId", traceId));
    return Sql.list(
        connection,
        ObservationRows.WITH_CONTENT + ObservationRows.FROM_WITH_CONTENT,
        Where.observations(project, filters).and("o.id = ?", id),
        "ORDER BY o.pk DESC LIMIT 1",
        row -> ObservationRows.read(row, true));
  }

  Map<String, List<String>> ids(Connection connection, String project, List<String> traceIds)
      throws SQLException {
    return Sql.idsOfTraces(
        connection,
        "SELECT id FROM observation WHERE trace = (SELECT t.pk FROM trace t"
            + " JOIN project p ON p.pk = t.project WHERE t.id = ? AND p.id = ?)"
            + " ORDER BY start_time, pk",
        project,
        traceIds);
  }

  private static Where whereOfPage(ObservationQuery query) {
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
    return where;
  }

  private static Where where(ObservationQuery query) {
    return Where.observations(query.project(), query.filters());
  }

  private static String orderBy(Order order) {
    String direction = order.descending() ? " DESC" : " ASC";
    return "ORDER BY "
        + SqliteDialect.TERMS.observations().sortable(order.column())
        + direction
        + ", t.id"
        + direction
        + ", o.id"
        + direction;
  }
}
