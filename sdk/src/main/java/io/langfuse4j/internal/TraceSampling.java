package io.langfuse4j.internal;

import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are recorded, decided by the trace id alone, so that whoever sees the id decides
 * alike. The same rule as {@link Sampler#traceIdRatioBased}, without what that needs to be asked.
 * Immutable.
 */
public final class TraceSampling {

  private final double rate;
  private final long upperBound;

  /**
   * Creates a rule.
   *
   * @param rate the share of traces that are recorded, 0 to 1
   */
  public TraceSampling(double rate) {
    this.rate = rate;
    this.upperBound = (long) (rate * Long.MAX_VALUE);
  }

  /** Whether every trace is recorded. */
  public boolean isAlways() {
    return rate >= 1;
  }

  /** The same rule for OpenTelemetry. */
  public Sampler sampler() {
    return isAlways() ? Sampler.alwaysOn() : Sampler.traceIdRatioBased(rate);
  }

  /**
   * Whether a trace is recorded.
   *
   * @param traceId valid, in lower case
   */
  public boolean samples(String traceId) {
    return samples(
        Long.parseUnsignedLong(traceId, TraceId.getLength() / 2, TraceId.getLength(), 16));
  }

  /**
   * Whether what belongs to a trace is sent.
   *
   * @param traceId in any case; one that is null or malformed is nobody's to drop
   */
  public boolean keeps(@Nullable String traceId) {
    if (isAlways() || traceId == null) {
      return true;
    }
    String lower = traceId.toLowerCase(Locale.ROOT);
    return !TraceId.isValid(lower) || samples(lower);
  }

  /**
   * Whether a trace is recorded.
   *
   * @param low the second half of its id
   */
  public boolean samples(long low) {
    return isAlways() || rate > 0 && Math.abs(low) < upperBound;
  }
}
