package io.langfuse4j.experiment;

import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.Page;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.internal.Warnings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run of a batch evaluation. A page is evaluated to its end before the next one is read, so
 * that there is always one place to go on from. What is counted is guarded by this object's lock.
 */
final class BatchEvaluationRun<T extends ApiObject> {

  private final BatchEvaluation<T> plan;
  private final BatchEvaluation.Mapper<T> mapper;
  private final Warnings warnings =
      new Warnings(Logger.getLogger(BatchEvaluationRun.class.getName()));
  private final Object lock = new Object();
  private final List<Counts> counts = new ArrayList<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<String> failedIds = new ArrayList<>();
  private final Map<String, List<Evaluation>> evaluationsById = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> tagged = new HashSet<>();
  private int fetched;
  private int processed;
  private int compositeScores;
  private @Nullable Instant oldest;
  private final Set<String> idsOfOldest = new HashSet<>();

  /** How an evaluator does. */
  private static final class Counts {
    private int succeeded;
    private int failed;
    private int scores;
  }

  BatchEvaluationRun(BatchEvaluation<T> plan, BatchEvaluation.Mapper<T> mapper) {
    this.plan = plan;
    this.mapper = mapper;
    plan.evaluators.forEach(evaluator -> counts.add(new Counts()));
  }

  BatchEvaluationResult execute() {
    long start = System.nanoTime();
    ResumeToken resume = plan.resumeFrom;
    Instant upTo = resume == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : resume.upTo();
    if (resume != null) {
      oldest = resume.upTo();
      idsOfOldest.addAll(resume.done());
      seen.addAll(resume.done());
    }
    boolean completed = true;
    boolean more = false;
    try {
      more = evaluatePages(upTo);
    } catch (LangfuseApiException e) {
      completed = false;
      more = true;
      count(e);
      warnings.once("fetch", "A batch evaluation ended early: " + e.getMessage(), e);
    }
    plan.langfuse.flush();
    return result(completed, more, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Whether there was more than was asked for. */
  private boolean evaluatePages(Instant upTo) {
    if (plan.maxItems == 0) {
      return false;
    }
    for (int number = 1; ; number++) {
      Page<T> page = plan.page(number, upTo);
      List<T> unseen = page.data().stream().filter(item -> seen.add(plan.idOf(item))).toList();
      int left = plan.maxItems - fetched;
      List<T> taken = unseen.subList(0, Math.min(left, unseen.size()));
      fetched += taken.size();
      boolean last = page.data().size() < plan.pageSize;
      if (!Workers.run(plan.maxConcurrency, taken.iterator(), (i, item) -> evaluate(item))) {
        return true;
      }
      taken.forEach(this::remember);
      tag(taken);
      if (taken.size() < unseen.size()) {
        return true;
      }
      if (last) {
        return false;
      }
      if (fetched == plan.maxItems) {
        return page.totalPages() < 0 || page.totalPages() > number;
      }
    }
  }

  /** A trace is tagged once; that it cannot be does not matter to the scores. */
  private void tag(List<T> items) {
    if (plan.traceTags.isEmpty()) {
      return;
    }
    List<String> traces = items.stream().map(plan::traceIdOf).filter(tagged::add).toList();
    try {
      if (!traces.isEmpty()) {
        plan.tag(traces);
      }
    } catch (LangfuseApiException e) {
      failed("tags", e);
    }
  }

  private void remember(T item) {
    Instant time = plan.timeOf(item);
    if (time != null && !time.equals(oldest)) {
      oldest = time;
      idsOfOldest.clear();
    }
    idsOfOldest.add(plan.idOf(item));
  }

  private void evaluate(T item) {
    String id = plan.idOf(item);
    EvaluatorInputs<@Nullable Object, @Nullable Object, @Nullable Object> inputs;
    try {
      inputs = widened(mapper.map(item));
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      synchronized (lock) {
        failedIds.add(id);
        evaluationsById.put(id, List.of());
      }
      failed("mapper", e);
      return;
    }
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < plan.evaluators.size(); i++) {
      evaluations.addAll(ask(plan.evaluators.get(i), inputs, counts.get(i)));
    }
    List<Evaluation> composite = List.of();
    if (plan.compositeEvaluator != null && !evaluations.isEmpty()) {
      composite = ask(plan.compositeEvaluator, inputs.with(evaluations), null);
    }
    evaluations.addAll(composite);
    evaluations.forEach(evaluation -> plan.score(item, evaluation));
    synchronized (lock) {
      processed++;
      compositeScores += composite.size();
      evaluationsById.put(id, List.copyOf(evaluations));
    }
  }

  @SuppressWarnings("unchecked") // evaluators only read
  private static EvaluatorInputs<@Nullable Object, @Nullable Object, @Nullable Object> widened(
      EvaluatorInputs<?, ?, ?> inputs) {
    return (EvaluatorInputs<@Nullable Object, @Nullable Object, @Nullable Object>) inputs;
  }

  /**
   * Asks an evaluator.
   *
   * @param counts null for the composite one, which is not counted
   */
  private List<Evaluation> ask(
      Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> evaluator,
      EvaluatorInputs<@Nullable Object, @Nullable Object, @Nullable Object> inputs,
      @Nullable Counts counts) {
    try {
      List<Evaluation> said = Waiting.join(evaluator.evaluate(inputs));
      if (counts != null) {
        synchronized (lock) {
          counts.succeeded++;
          counts.scores += said.size();
        }
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(evaluator.name(), e, counts);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return failed(evaluator.name(), e, counts);
    }
  }

  private List<Evaluation> failed(String name, Throwable failure, @Nullable Counts counts) {
    if (counts != null) {
      synchronized (lock) {
        counts.failed++;
      }
    }
    failed(name, failure);
    return List.of();
  }

  private void failed(String name, Throwable failure) {
    count(failure);
    warnings.once(name, "'" + name + "' failed in a batch evaluation: " + failure, failure);
  }

  private void count(Throwable failure) {
    synchronized (lock) {
      errors.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
    }
  }

  private BatchEvaluationResult result(boolean completed, boolean more, Duration duration) {
    synchronized (lock) {
      int before = plan.resumeFrom == null ? 0 : plan.resumeFrom.itemsProcessed();
      Instant last = oldest;
      ResumeToken token =
          more && last != null
              ? new ResumeToken(plan.scope.name(), last, idsOfOldest, before + processed)
              : null;
      return new BatchEvaluationResult(
          fetched,
          processed,
          failedIds.size(),
          counts.stream().mapToInt(each -> each.scores).sum() + compositeScores,
          compositeScores,
          counts.stream().mapToInt(each -> each.failed).sum(),
          stats(),
          token,
          completed,
          more,
          duration,
          List.copyOf(failedIds),
          Map.copyOf(errors),
          Map.copyOf(evaluationsById));
    }
  }

  private List<BatchEvaluationResult.EvaluatorStats> stats() {
    List<BatchEvaluationResult.EvaluatorStats> stats = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      Counts each = counts.get(i);
      stats.add(
          new BatchEvaluationResult.EvaluatorStats(
              plan.evaluators.get(i).name(),
              each.succeeded + each.failed,
              each.succeeded,
              each.failed,
              each.scores));
    }
    return stats;
  }
}
