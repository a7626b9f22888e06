package io.langfuse4j.server.otlp;

import java.util.Map;
import java.util.TreeMap;

/** Why a request cannot be used: reasons and how often each was met. Confined to one decode. */
final class Problems {
  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String field, String what) {
    counts.merge(field + ":" + what, 1, Integer::sum);
  }

  void throwIfAny() {
    if (counts.isEmpty()) {
      return;
    }
    StringBuilder reasons = new StringBuilder();
    counts.forEach(
        (reason, count) ->
            reasons
                .append(reasons.isEmpty() ? "" : ", ")
                .append(reason)
                .append(" (")
                .append(count)
                .append(')'));
    throw OtlpException.unusable(reasons.toString());
  }
}
