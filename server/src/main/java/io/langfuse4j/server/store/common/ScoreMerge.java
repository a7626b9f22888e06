package io.langfuse4j.server.store.common;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.Subject;

/**
 * What a score that arrives again makes of the stored one: present values win over absent ones;
 * what it is about, its timestamp and its environment stay.
 */
public final class ScoreMerge {
  private ScoreMerge() {}

  public static Score merge(Score older, Score newer) {
    return new Score(
        older.id(),
        subject(older.subject(), newer.subject()),
        newer.name(),
        newer.dataType(),
        newer.value(),
        newer.stringValue(),
        newer.source(),
        later(older.authorUserId(), newer.authorUserId()),
        later(older.comment(), newer.comment()),
        JsonText.merge(older.metadata(), newer.metadata()),
        later(older.configId(), newer.configId()),
        later(older.queueId(), newer.queueId()),
        older.environment(),
        older.timestamp());
  }

  private static Subject subject(Subject older, Subject newer) {
    boolean sameTrace = older.traceId() != null && older.traceId().equals(newer.traceId());
    return new Subject(
        older.traceId(),
        sameTrace ? later(older.observationId(), newer.observationId()) : older.observationId(),
        older.sessionId(),
        older.datasetRunId());
  }
}
