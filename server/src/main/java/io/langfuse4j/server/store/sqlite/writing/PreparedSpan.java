package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.store.common.Amounts;
import io.langfuse4j.server.store.common.Details;
import io.langfuse4j.server.store.common.Preview;
import io.langfuse4j.server.store.common.Weights;
import io.langfuse4j.server.store.sql.Blobs;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A span made ready for the writing thread: everything costly is done where it was received.
 *
 * @param observation with usage and cost as the sender gave them
 * @param preview of the trace, if there is one
 * @param priced with those that are stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PreparedSpan(
    Observation observation,
    @Nullable TraceUpdate trace,
    @Nullable Preview preview,
    Priced priced,
    Amounts amounts,
    byte @Nullable [] input,
    byte @Nullable [] output,
    byte[] details,
    int inputBytes,
    int outputBytes) {

  public static PreparedSpan of(MappedSpan span, Priced priced) {
    return of(span.observation(), span.trace(), priced);
  }

  static PreparedSpan of(Observation observation, @Nullable TraceUpdate trace, Priced priced) {
    byte[] input = utf8(observation.content().input());
    byte[] output = utf8(observation.content().output());
    return new PreparedSpan(
        observation,
        trace,
        trace == null ? null : Preview.of(trace),
        priced,
        Amounts.of(priced),
        input == null ? null : Blobs.encode(input),
        output == null ? null : Blobs.encode(output),
        Blobs.encode(Details.of(observation).encode()),
        input == null ? 0 : input.length,
        output == null ? 0 : output.length);
  }

  /** Roughly what it occupies while it waits. */
  public long weight() {
    return Weights.of(observation, trace);
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
