package io.langfuse4j.internal.propagation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that may receive something: a name as it is, or {@code *.example.com} for every name below
 * it. Case does not matter. Immutable.
 */
public record HostPatterns(List<String> patterns) {

  public HostPatterns {
    patterns = patterns.stream().map(pattern -> pattern.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether this host may receive it; an unknown host may not. */
  boolean allow(@Nullable String host) {
    if (host == null || host.isEmpty()) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.startsWith("*.")
                    ? name.length() > pattern.length() - 1 && name.endsWith(pattern.substring(1))
                    : name.equals(pattern));
  }
}
