package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nanoseconds since 1970 in every spelling that exporters use, to the millisecond. */
final class UnixNanos {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What JavaScript's Date can hold; also keeps a year at four to six digits. */
  private static final long MAX_MILLIS = 8_640_000_000_000_000L;

  private static final int MAX_DIGITS = 30;

  private UnixNanos() {}

  /** Zero is what protobuf sends for "not set", so it counts as absent everywhere. */
  static @Nullable Instant fromFixed64(long unsignedNanos) {
    return unsignedNanos == 0
        ? null
        : Instant.ofEpochMilli(Long.divideUnsigned(unsignedNanos, NANOS_PER_MILLI));
  }

  static @Nullable Instant fromJson(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (node.isTextual()) {
      return fromDecimal(node.textValue().strip());
    }
    if (node.isNumber()) {
      return fromNumber(node);
    }
    Long bits = LowHigh.toLong(node);
    return bits == null ? null : fromFixed64(bits);
  }

  private static @Nullable Instant fromDecimal(String digits) {
    if (digits.isEmpty()
        || digits.length() > MAX_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return fromMillis(new BigInteger(digits).divide(BigInteger.valueOf(NANOS_PER_MILLI)));
  }

  private static @Nullable Instant fromNumber(JsonNode node) {
    if (node.isIntegralNumber()) {
      return fromMillis(node.bigIntegerValue().divide(BigInteger.valueOf(NANOS_PER_MILLI)));
    }
    double nanos = node.doubleValue();
    if (!(nanos >= 0) || nanos > (double) MAX_MILLIS * NANOS_PER_MILLI) {
      return null;
    }
    return fromMillis(
        BigDecimal.valueOf(nanos).toBigInteger().divide(BigInteger.valueOf(NANOS_PER_MILLI)));
  }

  private static @Nullable Instant fromMillis(BigInteger millis) {
    if (millis.signum() <= 0 || millis.compareTo(BigInteger.valueOf(MAX_MILLIS)) > 0) {
      return null;
    }
    return Instant.ofEpochMilli(millis.longValue());
  }
}
