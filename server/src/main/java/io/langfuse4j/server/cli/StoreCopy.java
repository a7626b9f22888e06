package io.langfuse4j.server.cli;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies one project's traces, observations and scores from one store to another, newest first.
 * Copying something twice changes nothing. Not thread-safe.
 */
final class StoreCopy {
  private static final int TRACES = 50;
  private static final int ROWS = 500;
  private static final String DONE = "done";

  private final TraceStore from;
  private final TraceStore to;
  private final MigrationState state;
  private final Progress progress;

  StoreCopy(TraceStore from, TraceStore to, MigrationState state, Progress progress) {
    this.from = from;
    this.to = to;
    this.state = state;
    this.progress = progress;
  }

  void copy(String project) throws IOException {
    copyTraces(project);
    copyScores(project);
  }

  private void copyTraces(String project) throws IOException {
    String step = "traces." + project;
    String reached = state.get(step);
    while (!DONE.equals(reached)) {
      List<StoredTrace> page =
          from.traces(
              TraceQuery.of(project).page(TRACES, 0).content(true).after(position(reached)));
      for (StoredTrace trace : page) {
        copyObservations(project, trace.summary().id());
        progress.step();
      }
      to.writeTraces(project, page.stream().map(StoreCopy::update).toList()).join();
      reached =
          page.size() < TRACES
              ? DONE
              : text(
                  page.get(TRACES - 1).summary().timestamp(), page.get(TRACES - 1).summary().id());
      state.put(step, reached);
    }
  }

  private void copyObservations(String project, String traceId) {
    ObservationQuery query =
        ObservationQuery.of(project)
            .filters(List.of(Filter.equal("traceId", traceId)))
            .page(ROWS, 0)
            .content(true);
    boolean more = true;
    while (more) {
      List<MappedSpan> spans = new ArrayList<>();
      from.observations(query).forEach(found -> spans.add(span(found.observation())));
      to.write(project, spans).join();
      more = spans.size() == ROWS;
      if (more) {
        Observation last = spans.get(ROWS - 1).observation();
        query =
            query.after(
                new ObservationQuery.Position(
                    last.timing().startTime(), last.traceId(), last.id()));
      }
    }
  }

  /** What the trace is comes with the trace. */
  private static MappedSpan span(Observation observation) {
    return new MappedSpan(
        observation,
        TraceUpdate.firstSight(
            observation.traceId(), observation.timing().startTime(), observation.environment()));
  }

  private static TraceUpdate update(StoredTrace trace) {
    TraceSummary summary = trace.summary();
    return new TraceUpdate(
        TraceUpdate.Kind.ROOT,
        summary.id(),
        summary.timestamp(),
        summary.environment(),
        summary.name(),
        summary.userId(),
        summary.sessionId(),
        summary.version(),
        summary.release(),
        summary.isPublic(),
        summary.tags(),
        trace.input(),
        trace.output(),
        trace.metadata());
  }

  private void copyScores(String project) throws IOException {
    String step = "scores." + project;
    String reached = state.get(step);
    while (!DONE.equals(reached)) {
      TraceQuery.Position position = position(reached);
      ScoreQuery query = ScoreQuery.of(project).page(ROWS, 0);
      List<StoredScore> page =
          from.scores(
              position == null
                  ? query
                  : query.after(new ScoreQuery.Position(position.timestamp(), position.id())));
      to.writeScores(project, page.stream().map(StoredScore::score).toList()).join();
      if (page.size() < ROWS) {
        reached = DONE;
      } else {
        Score last = page.get(ROWS - 1).score();
        reached = text(last.timestamp(), last.id());
      }
      state.put(step, reached);
    }
  }

  private static String text(Instant time, String id) {
    return time.toEpochMilli() + " " + id;
  }

  private static TraceQuery.@Nullable Position position(@Nullable String reached) {
    if (reached == null) {
      return null;
    }
    int space = reached.indexOf(' ');
    return new TraceQuery.Position(
        Instant.ofEpochMilli(Long.parseLong(reached.substring(0, space))),
        reached.substring(space + 1));
  }
}
