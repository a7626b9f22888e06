package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.store.common.Amounts;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trace row says about its observations. Kept up to date by adding each new observation;
 * counted afresh when a stored one has changed. Confined to the writing thread.
 */
final class TraceSums {
  /** Counts everything afresh; the columns are those that {@link #read} reads. */
  static final String RECOUNT =
      """
      SELECT count(*) AS observations,
        coalesce(sum(level = 'ERROR'), 0) AS errors,
        coalesce(sum(level = 'WARNING'), 0) AS warnings,
        coalesce(sum(level = 'DEFAULT'), 0) AS defaults,
        coalesce(sum(level = 'DEBUG'), 0) AS debugs,
        coalesce(sum(root), 0) AS roots,
        coalesce(sum(end_time IS NULL AND type <> 'EVENT'), 0) AS unfinished,
        min(start_time) AS first_start, max(start_time) AS last_start, max(end_time) AS last_end,
        sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
        sum(total_tokens) AS total_tokens, sum(input_cost) AS input_cost,
        sum(output_cost) AS output_cost, sum(total_cost) AS total_cost
      FROM observation WHERE trace = ?
      """;

  private long observations;
  private long errors;
  private long warnings;
  private long defaults;
  private long debugs;
  private long roots;
  private long unfinished;
  private @Nullable Instant firstStart;
  private @Nullable Instant lastStart;
  private @Nullable Instant lastEnd;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private @Nullable Long totalTokens;
  private @Nullable Double inputCost;
  private @Nullable Double outputCost;
  private @Nullable Double totalCost;

  static TraceSums read(ResultSet row) throws SQLException {
    TraceSums sums = new TraceSums();
    sums.observations = row.getLong("observations");
    sums.errors = row.getLong("errors");
    sums.warnings = row.getLong("warnings");
    sums.defaults = row.getLong("defaults");
    sums.debugs = row.getLong("debugs");
    sums.roots = row.getLong("roots");
    sums.unfinished = row.getLong("unfinished");
    sums.firstStart = Rows.instant(row, "first_start");
    sums.lastStart = Rows.instant(row, "last_start");
    sums.lastEnd = Rows.instant(row, "last_end");
    sums.inputTokens = Rows.integer(row, "input_tokens");
    sums.outputTokens = Rows.integer(row, "output_tokens");
    sums.totalTokens = Rows.integer(row, "total_tokens");
    sums.inputCost = Rows.real(row, "input_cost");
    sums.outputCost = Rows.real(row, "output_cost");
    sums.totalCost = Rows.real(row, "total_cost");
    return sums;
  }

  long observations() {
    return observations;
  }

  void add(PreparedSpan span) {
    Observation observation = span.observation();
    observations++;
    count(observation.level());
    roots += observation.root() ? 1 : 0;
    Instant start = observation.timing().startTime();
    Instant end = observation.timing().endTime();
    unfinished += end == null && observation.type() != ObservationType.EVENT ? 1 : 0;
    firstStart = firstStart == null || start.isBefore(firstStart) ? start : firstStart;
    lastStart = lastStart == null || start.isAfter(lastStart) ? start : lastStart;
    if (end != null) {
      lastEnd = lastEnd == null || end.isAfter(lastEnd) ? end : lastEnd;
    }
    Amounts amounts = span.amounts();
    inputTokens = sum(inputTokens, amounts.inputTokens());
    outputTokens = sum(outputTokens, amounts.outputTokens());
    totalTokens = sum(totalTokens, amounts.totalTokens());
    inputCost = sum(inputCost, amounts.inputCost());
    outputCost = sum(outputCost, amounts.outputCost());
    totalCost = sum(totalCost, amounts.totalCost());
  }

  private void count(Level level) {
    switch (level) {
      case ERROR -> errors++;
      case WARNING -> warnings++;
      case DEFAULT -> defaults++;
      case DEBUG -> debugs++;
    }
  }

  /** In the order of {@link TraceRow#SUM_COLUMNS}. */
  @Nullable Object[] values() {
    return new @Nullable Object[] {
      observations,
      errors,
      warnings,
      defaults,
      debugs,
      roots,
      unfinished,
      firstStart,
      lastStart,
      lastEnd,
      inputTokens,
      outputTokens,
      totalTokens,
      inputCost,
      outputCost,
      totalCost
    };
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : Long.valueOf(a + b);
  }

  private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
    return a == null ? b : b == null ? a : Double.valueOf(a + b);
  }
}
