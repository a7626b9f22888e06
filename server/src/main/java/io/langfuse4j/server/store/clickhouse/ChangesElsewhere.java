package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.store.TraceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What other servers have written into the same tables, asked for by whoever shows it. A row is
 * known by its trace and revision; revisions are times, so that what is new is what has been
 * revised within the last seconds and is neither this server's own nor told before. Thread-safe.
 */
final class ChangesElsewhere {
  /** For how long a row may take to be seen, the difference of the servers' clocks included. */
  private static final long WINDOW = TimeUnit.SECONDS.toMicros(10);

  /** How far the first answer reaches back, to what may be on its way. */
  private static final long FIRST = TimeUnit.SECONDS.toMicros(2);

  private static final int MOST_ROWS = 5_000;

  private final ClickHouse clickHouse;
  private final LongSupplier micros;

  /** By project; guarded by itself, as is each of them. */
  private final Map<String, Watch> watches = new HashMap<>();

  /**
   * @param micros the time that revisions are made of
   */
  ChangesElsewhere(ClickHouse clickHouse, LongSupplier micros) {
    this.clickHouse = clickHouse;
    this.micros = micros;
  }

  /** One project that somebody looks at. */
  private static final class Watch {
    private long since;
    private long lastAsked;
    private final Set<Revised> known = new LinkedHashSet<>();

    Watch(long now) {
      since = now - FIRST;
      lastAsked = now;
    }

    boolean forgotten(long now) {
      return lastAsked < now - WINDOW;
    }

    /** Rows that are too old to be found again need not be known any more. */
    void ask(long now) {
      lastAsked = now;
      since = Math.max(since, now - WINDOW);
      known.removeIf(row -> row.revision() < since);
    }
  }

  private record Revised(String traceId, long revision) {}

  /** Rows of this server's own, of which its viewers are told without asking. */
  void written(List<ObjectNode> rows) {
    synchronized (watches) {
      if (watches.isEmpty()) {
        return;
      }
      long now = micros.getAsLong();
      watches.values().removeIf(watch -> watch.forgotten(now));
      for (ObjectNode row : rows) {
        Watch watch = watches.get(row.path("project").asText());
        if (watch != null) {
          watch.known.add(
              new Revised(row.path("trace_id").asText(), row.path("revision").asLong()));
        }
      }
    }
  }

  /** Each change once, as long as somebody asks every few seconds. */
  List<TraceChange> of(String project) {
    long since;
    synchronized (watches) {
      long now = micros.getAsLong();
      Watch watch = watches.get(project);
      if (watch == null || watch.forgotten(now)) {
        watch = new Watch(now);
        watches.put(project, watch);
      }
      watch.ask(now);
      since = watch.since;
    }
    List<Revised> found = revisedSince(project, since);
    Set<String> changed = new LinkedHashSet<>();
    synchronized (watches) {
      Watch watch = watches.get(project);
      for (Revised row : found) {
        if (watch != null && watch.known.add(row)) {
          changed.add(row.traceId());
        }
      }
    }
    return changes(project, changed);
  }

  private List<Revised> revisedSince(String project, long revision) {
    String conditions =
        " AS r WHERE r.project = "
            + Literal.of(project)
            + " AND r.revision > "
            + revision
            + " AND r.trace_id IS NOT NULL";
    return clickHouse.query(
        "SELECT x.trace_id AS trace_id, x.revision AS revision FROM ("
            + "SELECT r.trace_id AS trace_id, r.revision AS revision FROM observations"
            + conditions
            + " UNION ALL SELECT assumeNotNull(r.trace_id) AS trace_id, r.revision AS revision"
            + " FROM scores"
            + conditions
            + ") AS x ORDER BY revision DESC"
            + Paging.limit(MOST_ROWS, 0),
        row -> new Revised(row.required("trace_id"), row.number("revision")));
  }

  private List<TraceChange> changes(String project, Set<String> traceIds) {
    if (traceIds.isEmpty()) {
      return List.of();
    }
    String columns = "t.id, t.timestamp";
    List<String> ids = new ArrayList<>(traceIds);
    return clickHouse.query(
        "SELECT " + columns + new Traces(project).ids(ids).from(columns),
        row -> new TraceChange(project, row.required("id"), row.requiredInstant("timestamp")));
  }
}
