package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.store.common.SearchWords;
import io.langfuse4j.server.store.common.Weights;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A span made ready for the writing thread.
 *
 * @param observation with usage and cost as the sender gave them
 * @param update what it says about its trace; null for nothing
 * @param words what it is found by, with spaces between them
 */
record Prepared(
    Observation observation, @Nullable TraceUpdate update, Priced priced, String words) {

  static Prepared of(Observation observation, @Nullable TraceUpdate update, Priced priced) {
    SearchWords words = new SearchWords();
    words.add(observation.name());
    words.add(observation.content().input());
    words.add(observation.content().output());
    words.add(observation.statusMessage());
    if (update != null) {
      addNames(words, update);
    }
    return new Prepared(observation, update, priced, words.joined());
  }

  static void addNames(SearchWords words, TraceUpdate update) {
    words.add(update.name());
    words.add(update.userId());
    words.add(update.sessionId());
  }

  /** Roughly what it occupies while it waits. */
  long weight() {
    return Weights.of(observation, update) + 2L * words.length();
  }

  /**
   * A span as it is stored already.
   *
   * @param day of its first arrival
   */
  record Stored(
      Observation observation, @Nullable TraceUpdate update, LocalDate day, Instant createdAt) {}
}
