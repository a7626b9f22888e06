package io.langfuse4j.server.api;

import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.Subject;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.model.ScoreConfig.Category;
import io.langfuse4j.server.store.StoredScore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A score as each version of the public API shows it. */
public final class ScoreJson {
  private ScoreJson() {}

  /** Groups of fields of version 3. */
  enum Group {
    CORE,
    DETAILS,
    SUBJECT,
    ANNOTATION
  }

  /** Version 1, and inside a trace. */
  static void v1(Json json, String project, StoredScore stored) throws IOException {
    start(json, project, stored);
    Subject subject = stored.score().subject();
    json.field("traceId", subject.traceId()).field("observationId", subject.observationId());
    end(json, stored.score());
  }

  /** Version 2. */
  public static void v2(Json json, String project, StoredScore stored) throws IOException {
    start(json, project, stored);
    Subject subject = stored.score().subject();
    json.field("traceId", subject.traceId())
        .field("observationId", subject.observationId())
        .field("sessionId", subject.sessionId())
        .field("datasetRunId", subject.datasetRunId());
    end(json, stored.score());
  }

  private static void start(Json json, String project, StoredScore stored) throws IOException {
    Score score = stored.score();
    json.field("id", score.id())
        .field("projectId", project)
        .field("environment", score.environment())
        .field("name", score.name());
    if (score.value() != null) {
      json.field("value", score.value());
    }
    json.field("source", score.source().name())
        .field("authorUserId", score.authorUserId())
        .field("comment", score.comment())
        .metadata("metadata", score.metadata())
        .field("configId", score.configId())
        .field("queueId", score.queueId())
        .nothing("executionTraceId")
        .field("createdAt", stored.createdAt())
        .field("updatedAt", stored.updatedAt())
        .field("timestamp", score.timestamp());
  }

  private static void end(Json json, Score score) throws IOException {
    json.field("stringValue", score.stringValue()).field("dataType", score.dataType().name());
  }

  /** What lists add. */
  static void trace(Json json, StoredScore.@Nullable OfTrace trace, boolean withSession)
      throws IOException {
    if (trace == null) {
      json.nothing("trace");
      return;
    }
    json.object(
        "trace",
        fields -> {
          fields
              .field("userId", trace.userId())
              .strings("tags", trace.tags())
              .field("environment", trace.environment());
          if (withSession) {
            fields.field("sessionId", trace.sessionId());
          }
        });
  }

  static void v3(Json json, String project, StoredScore stored, Set<Group> groups)
      throws IOException {
    Score score = stored.score();
    json.field("id", score.id())
        .field("projectId", project)
        .field("name", score.name())
        .field("source", score.source().name())
        .field("timestamp", score.timestamp())
        .field("environment", score.environment())
        .field("createdAt", stored.createdAt())
        .field("updatedAt", stored.updatedAt())
        .field("dataType", score.dataType().name());
    switch (score.dataType()) {
      case NUMERIC -> json.field("value", score.value());
      case BOOLEAN -> json.field("value", score.value() != null && score.value() != 0);
      case CATEGORICAL, TEXT, CORRECTION -> json.field("value", score.stringValue());
    }
    if (groups.contains(Group.DETAILS)) {
      json.field("comment", score.comment())
          .field("configId", score.configId())
          .metadata("metadata", score.metadata());
    }
    if (groups.contains(Group.SUBJECT)) {
      json.object("subject", fields -> subject(fields, score.subject()));
    }
    if (groups.contains(Group.ANNOTATION)) {
      json.field("authorUserId", score.authorUserId()).field("queueId", score.queueId());
    }
  }

  private static void subject(Json json, Subject subject) throws IOException {
    if (subject.observationId() != null) {
      json.field("kind", "observation")
          .field("id", subject.observationId())
          .field("traceId", subject.traceId());
    } else if (subject.traceId() != null) {
      json.field("kind", "trace").field("id", subject.traceId());
    } else if (subject.sessionId() != null) {
      json.field("kind", "session").field("id", subject.sessionId());
    } else {
      json.field("kind", "experiment").field("id", subject.datasetRunId());
    }
  }

  static void config(Json json, String project, ScoreConfig config) throws IOException {
    json.field("id", config.id())
        .field("name", config.name())
        .field("isArchived", config.archived())
        .field("description", config.description())
        .field("createdAt", config.createdAt())
        .field("updatedAt", config.updatedAt())
        .field("projectId", project)
        .field("minValue", config.minValue())
        .field("maxValue", config.maxValue())
        .field("dataType", config.dataType().name());
    List<Category> categories = config.categories();
    if (categories == null) {
      json.nothing("categories");
      return;
    }
    json.array(
        "categories",
        array -> {
          for (Category category : categories) {
            array.element(
                fields -> fields.field("label", category.label()).field("value", category.value()));
          }
        });
  }
}
