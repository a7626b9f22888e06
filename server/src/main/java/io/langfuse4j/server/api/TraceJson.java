package io.langfuse4j.server.api;

import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trace as the public API shows it. */
final class TraceJson {
  private TraceJson() {}

  /** The groups of fields that a reader may leave out. */
  enum Group {
    CORE,
    IO,
    SCORES,
    OBSERVATIONS,
    METRICS
  }

  /** What the trace itself says: the fields that sessions and lists share. */
  static void core(Json json, String project, StoredTrace trace, boolean withContent)
      throws IOException {
    TraceSummary summary = trace.summary();
    json.field("id", summary.id())
        .field("projectId", project)
        .field("name", summary.name())
        .field("timestamp", summary.timestamp())
        .field("environment", summary.environment())
        .strings("tags", summary.tags())
        .field("bookmarked", summary.bookmarked())
        .field("release", summary.release())
        .field("version", summary.version())
        .field("userId", summary.userId())
        .field("sessionId", summary.sessionId())
        .field("public", summary.isPublic())
        .parsed("input", withContent ? trace.input() : null)
        .parsed("output", withContent ? trace.output() : null)
        .metadata("metadata", withContent ? trace.metadata() : "{}")
        .field("createdAt", summary.createdAt())
        .field("updatedAt", summary.updatedAt())
        .nothing("externalId");
  }

  /** The end of a trace object; a latency or cost that was left out is shown as -1. */
  static void metrics(
      Json json,
      String project,
      TraceSummary summary,
      Set<Group> groups,
      @Nullable Duration latency)
      throws IOException {
    if (groups.contains(Group.METRICS)) {
      Double cost = summary.totals().totalCost();
      json.seconds("latency", latency == null ? Duration.ZERO : latency)
          .field("totalCost", cost == null ? 0.0 : cost);
    } else {
      json.field("latency", -1).field("totalCost", -1);
    }
    json.field("htmlPath", "/project/" + project + "/traces/" + summary.id());
  }

  /** Of a single trace: from the first start to the last end, to the last start without ends. */
  static @Nullable Duration singleLatency(TraceSummary.Totals totals) {
    if (totals.firstStart() == null) {
      return null;
    }
    return Duration.between(
        totals.firstStart(), totals.lastEnd() != null ? totals.lastEnd() : totals.lastStart());
  }
}
