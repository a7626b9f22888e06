package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.ApiList;
import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.Observation;
import io.langfuse4j.api.Page;
import io.langfuse4j.api.Query;
import io.langfuse4j.api.Trace;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.internal.json.PlainJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates traces or observations that the server has already, and scores them.
 *
 * <pre>{@code
 * BatchEvaluationResult result =
 *     BatchEvaluation.ofTraces(langfuse)
 *         .mapper(trace -> EvaluatorInputs.of(trace.input(), trace.output(), null))
 *         .evaluator("length", e -> String.valueOf(e.output()).length())
 *         .run();
 * }</pre>
 *
 * <p>They are read from the newest to the oldest, none that came after the beginning. What is read
 * when the server fails, or when {@link #maxItems} is reached, says where to go on: {@link
 * BatchEvaluationResult#resumeToken}. Not thread-safe.
 *
 * @param <T> {@link Trace} or {@link Observation}
 */
public final class BatchEvaluation<T extends ApiObject> {

  private static final int PAGE = 50;
  private static final int CONCURRENCY = 5;

  /** What is read, and how its scores find it. */
  enum Scope {
    TRACES("timestamp"),
    OBSERVATIONS("startTime");

    final String timeColumn;

    Scope(String timeColumn) {
      this.timeColumn = timeColumn;
    }
  }

  /** Makes of a trace or an observation what evaluators judge. */
  @FunctionalInterface
  public interface Mapper<T> {
    EvaluatorInputs<?, ?, ?> map(T item) throws Exception;
  }

  /** A {@link Mapper} that completes later. */
  @FunctionalInterface
  public interface AsyncMapper<T> {
    CompletionStage<? extends EvaluatorInputs<?, ?, ?>> map(T item) throws Exception;
  }

  final Langfuse langfuse;
  final Scope scope;
  final List<Evaluator<@Nullable Object, @Nullable Object, @Nullable Object>> evaluators =
      new ArrayList<>();
  final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  @Nullable Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> compositeEvaluator;
  @Nullable Mapper<T> mapper;
  int maxConcurrency = CONCURRENCY;
  int maxItems = Integer.MAX_VALUE;
  int pageSize = PAGE;
  @Nullable ResumeToken resumeFrom;
  final Set<String> traceTags = new LinkedHashSet<>();
  private boolean alsoScoreTraces;
  private @Nullable String traceFields;
  private List<Object> filter = List.of();

  private BatchEvaluation(Langfuse langfuse, Scope scope) {
    this.langfuse = langfuse;
    this.scope = scope;
  }

  /** An evaluation of traces. */
  public static BatchEvaluation<Trace> ofTraces(Langfuse langfuse) {
    return new BatchEvaluation<>(langfuse, Scope.TRACES);
  }

  /** An evaluation of observations. */
  public static BatchEvaluation<Observation> ofObservations(Langfuse langfuse) {
    return new BatchEvaluation<>(langfuse, Scope.OBSERVATIONS);
  }

  /**
   * Only those for which these conditions hold.
   *
   * @param json an array of {@code {type, column, operator, value}}, as the API reference describes
   * @throws IllegalArgumentException if it is no JSON array
   */
  public BatchEvaluation<T> filter(String json) {
    try {
      if (PlainJson.read(json) instanceof List<?> conditions) {
        this.filter = List.copyOf(conditions);
        return this;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("A filter is a JSON array of conditions: " + e, e);
    }
    throw new IllegalArgumentException("A filter is a JSON array of conditions.");
  }

  /** What the evaluators are given. Needed; one that fails, fails its item. */
  public BatchEvaluation<T> mapper(Mapper<T> mapper) {
    this.mapper = mapper;
    return this;
  }

  /** {@link #mapper} for what completes later. */
  public BatchEvaluation<T> asyncMapper(AsyncMapper<T> mapper) {
    return mapper(item -> Waiting.join(mapper.map(item)));
  }

  public BatchEvaluation<T> evaluator(
      Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> evaluator) {
    evaluators.add(evaluator);
    return this;
  }

  /** An evaluator in short: says a number, yes or no, or a category. */
  public BatchEvaluation<T> evaluator(
      String name,
      Evaluator.Judgement<@Nullable Object, @Nullable Object, @Nullable Object> judgement) {
    return evaluator(Evaluator.of(name, judgement));
  }

  /** Judges by what the evaluators said; not asked where they said nothing. */
  public BatchEvaluation<T> compositeEvaluator(
      String name,
      Evaluator.Judgement<@Nullable Object, @Nullable Object, @Nullable Object> judgement) {
    this.compositeEvaluator = Evaluator.of(name, judgement);
    return this;
  }

  /** Added to the metadata of each score; wins over the evaluation's. */
  public BatchEvaluation<T> metadata(Map<String, ? extends @Nullable Object> metadata) {
    this.metadata.putAll(metadata);
    return this;
  }

  /** Tags for the traces that were evaluated, or whose observations were. Default: none. */
  public BatchEvaluation<T> traceTags(String... tags) {
    traceTags.addAll(List.of(tags));
    return this;
  }

  /** Gives the trace of an observation a copy of each of its scores. Default: no. */
  public BatchEvaluation<T> alsoScoreTraces() {
    alsoScoreTraces = true;
    return this;
  }

  /**
   * Which parts of traces are read, so that less is: {@code core}, {@code io}, {@code scores},
   * {@code observations}, {@code metrics}. Default: all.
   */
  public BatchEvaluation<T> traceFields(String... groups) {
    traceFields = String.join(",", groups);
    return this;
  }

  /** How many are evaluated at most; 0 reads nothing. Default: all. */
  public BatchEvaluation<T> maxItems(int maxItems) {
    this.maxItems = Math.max(0, maxItems);
    return this;
  }

  /** How many are read at a time, 1 to 100. Default 50. */
  public BatchEvaluation<T> pageSize(int pageSize) {
    this.pageSize = Math.min(100, Math.max(1, pageSize));
    return this;
  }

  /** How many are evaluated at a time. Default 5. */
  public BatchEvaluation<T> maxConcurrency(int maxConcurrency) {
    this.maxConcurrency = Math.max(1, maxConcurrency);
    return this;
  }

  /** Goes on where an earlier run ended. */
  public BatchEvaluation<T> resumeFrom(@Nullable ResumeToken token) {
    if (token != null && !token.scope().equals(scope.name())) {
      throw new IllegalArgumentException(
          "The token is of " + token.scope() + ", this is about " + scope + ".");
    }
    this.resumeFrom = token;
    return this;
  }

  /**
   * Evaluates, and waits until the scores are delivered. Does not throw on account of the server.
   */
  public BatchEvaluationResult run() {
    if (mapper == null || evaluators.isEmpty()) {
      throw new IllegalStateException("A batch evaluation needs a mapper and an evaluator.");
    }
    return new BatchEvaluationRun<>(this, mapper).execute();
  }

  /** The page of that number, newest first, of what is not newer than {@code upTo}. */
  @SuppressWarnings("unchecked") // the scope says which
  Page<T> page(int number, Instant upTo) {
    List<Object> conditions = new ArrayList<>(filter);
    conditions.add(
        Map.of(
            "type",
            "datetime",
            "column",
            scope.timeColumn,
            "operator",
            "<=",
            "value",
            upTo.toString()));
    String json = PlainJson.write(conditions);
    Consumer<Query> query =
        q -> {
          q.page(number).limit(pageSize).filter(json);
          if (scope == Scope.TRACES) {
            q.orderBy("timestamp.desc").with("fields", traceFields);
          }
        };
    ApiList<? extends ApiObject> list =
        scope == Scope.TRACES
            ? langfuse.api().traces().list(query)
            : langfuse.api().observations().list(query);
    return (Page<T>) list.page();
  }

  String idOf(T item) {
    return String.valueOf(item.get("id"));
  }

  @Nullable Instant timeOf(T item) {
    return item.instant(scope.timeColumn);
  }

  String traceIdOf(T item) {
    return scope == Scope.TRACES ? idOf(item) : String.valueOf(item.get("traceId"));
  }

  /** Sends an evaluation as a score of what was evaluated. */
  void score(T item, Evaluation evaluation) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(evaluation.metadata());
    merged.putAll(metadata);
    Evaluation complete = evaluation.metadata(merged);
    String observation = scope == Scope.TRACES ? null : idOf(item);
    score(item, complete, observation);
    if (observation != null && alsoScoreTraces) {
      score(item, complete, null);
    }
  }

  private void score(T item, Evaluation evaluation, @Nullable String observationId) {
    langfuse.score(
        score -> {
          evaluation.writeTo(score);
          score.environment(item.text("environment")).traceId(traceIdOf(item));
          if (observationId != null) {
            score.observationId(observationId);
          }
        });
  }

  /** Gives traces the tags; a trace keeps those that it has. */
  void tag(Collection<String> traceIds) {
    List<Map<String, Object>> events =
        traceIds.stream()
            .map(
                id ->
                    Map.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "type",
                        "trace-create",
                        "timestamp",
                        Instant.now().toString(),
                        "body",
                        Map.of("id", id, "tags", List.copyOf(traceTags))))
            .toList();
    langfuse.api().request("POST", "/api/public/ingestion").body(Map.of("batch", events)).send();
  }
}
