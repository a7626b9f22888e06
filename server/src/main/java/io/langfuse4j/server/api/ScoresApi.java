package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.ScoreStore;
import io.langfuse4j.server.store.StoredScore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/scores} and {@code /api/public/v2/scores}. */
final class ScoresApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "<", Operator.LESS,
          ">", Operator.GREATER,
          "<=", Operator.LESS_OR_EQUAL,
          ">=", Operator.GREATER_OR_EQUAL,
          "!=", Operator.NOT_EQUAL,
          "=", Operator.EQUAL);

  /** Version 1 knows scores of traces only. */
  private static final Filter OF_TRACES = new Filter("traceId", null, Operator.IS_NOT_NULL, "");

  private final ScoreStore store;
  private final ScoreBodies bodies;
  private final Clock clock;

  ScoresApi(ScoreStore store, Clock clock) {
    this.store = store;
    this.bodies = new ScoreBodies(store);
    this.clock = clock;
  }

  CompletionStage<Response> create(Request request) {
    JsonNode body = BodyFields.read(request, BODY_LIMIT);
    Score score;
    try {
      score = bodies.read(request.project(), body, UUID.randomUUID().toString(), clock.instant());
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
    return store
        .writeScores(request.project(), List.of(score))
        .thenApply(done -> Response.json(200, Map.of("id", score.id())));
  }

  CompletionStage<Response> delete(Request request) {
    return store
        .deleteScores(request.project(), List.of(request.pathParameter("scoreId")))
        .thenApply(
            count -> Response.json(202, Map.of("message", "Score deletion queued successfully")));
  }

  Response getV1(Request request) {
    StoredScore score = find(request);
    if (score.score().subject().traceId() == null) {
      throw notFound();
    }
    return Response.json(200, Json.object(json -> ScoreJson.v1(json, request.project(), score)));
  }

  Response getV2(Request request) {
    StoredScore score = find(request);
    return Response.json(200, Json.object(json -> ScoreJson.v2(json, request.project(), score)));
  }

  private StoredScore find(Request request) {
    StoredScore score = store.score(request.project(), request.pathParameter("scoreId"));
    if (score == null) {
      throw notFound();
    }
    return score;
  }

  private static ApiException notFound() {
    return ApiException.notFound("Score not found");
  }

  Response listV1(Request request) {
    List<Filter> filters = new ArrayList<>(filters(request).list());
    filters.add(OF_TRACES);
    return list(
        request,
        filters,
        (json, score, withTrace) -> {
          ScoreJson.v1(json, request.project(), score);
          if (withTrace) {
            ScoreJson.trace(json, score.trace(), false);
          }
        });
  }

  Response listV2(Request request) {
    List<Filter> filters =
        filters(request)
            .equal("sessionId", request.query("sessionId"))
            .equal("traceId", request.query("traceId"))
            .anyOf("observationId", Parameters.list(request, "observationId"))
            .equal("datasetRunId", request.query("datasetRunId"))
            .list();
    return list(
        request,
        filters,
        (json, score, withTrace) -> {
          ScoreJson.v2(json, request.project(), score);
          if (withTrace) {
            ScoreJson.trace(json, score.trace(), true);
          }
        });
  }

  private interface Row {
    void write(Json json, StoredScore score, boolean withTrace) throws IOException;
  }

  private Response list(Request request, List<Filter> filters, Row row) {
    Parameters.Page page = Parameters.page(request);
    List<String> fields = Parameters.list(request, "fields");
    for (String field : fields) {
      if (!field.equals("score") && !field.equals("trace")) {
        throw Issues.custom("fields", "Invalid field group '" + field + "'. Known: score, trace");
      }
    }
    boolean withTrace = fields.isEmpty() || fields.contains("trace");
    ScoreQuery query =
        ScoreQuery.of(request.project()).filters(filters).page(page.limit(), page.offset());
    List<StoredScore> scores = store.scores(query);
    return Pages.of(
        page,
        store.countScores(query),
        json -> {
          for (StoredScore score : scores) {
            json.element(element -> row.write(element, score, withTrace));
          }
        });
  }

  private static Filters filters(Request request) {
    return Filters.of(request)
        .equal("userId", request.query("userId"))
        .equal("name", request.query("name"))
        .equal("source", option(request, "source", Source.values()))
        .equal("dataType", option(request, "dataType", DataType.values()))
        .equal("configId", request.query("configId"))
        .equal("queueId", request.query("queueId"))
        .anyOf("id", Parameters.list(request, "scoreIds"))
        .anyOf("environment", Parameters.repeated(request, "environment"))
        .allOf("traceTags", Parameters.list(request, "traceTags"))
        .with("value", value(request))
        .between(
            "timestamp",
            Parameters.instant(request, "fromTimestamp"),
            Parameters.instant(request, "toTimestamp"));
  }

  private static @Nullable String option(Request request, String name, Enum<?>[] options) {
    String given = request.query(name);
    if (given != null && Arrays.stream(options).noneMatch(o -> o.name().equals(given))) {
      throw Issues.custom(name, "Invalid option '" + given + "'");
    }
    return given;
  }

  private static @Nullable Filter value(Request request) {
    String text = request.query("value");
    String symbol = request.query("operator");
    if (text == null || symbol == null) {
      return null;
    }
    Operator operator = OPERATORS.get(symbol);
    if (operator == null) {
      throw Issues.custom("operator", "Unsupported operator '" + symbol + "'");
    }
    try {
      return new Filter("value", null, operator, Double.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      throw Issues.invalidType("value", "number", "NaN");
    }
  }
}
