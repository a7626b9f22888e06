package io.langfuse4j.server.http;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that have signed in. What they signed in with is checked again with every request, so a
 * key that is deleted opens nothing from then on. Thread-safe.
 */
public interface SignIns {
  /** For how long one is kept. */
  Duration KEPT = Duration.ofDays(7);

  /** For a server that is alone. */
  static SignIns inMemory(Clock clock) {
    return new SignInsInMemory(clock);
  }

  /**
   * For servers that take one another's tokens.
   *
   * @param secret what all of them know and nobody else
   */
  static SignIns shared(Clock clock, String secret) {
    return new SealedSignIns(clock, secret);
  }

  /** A token that stands for the header until it is closed or too old. */
  String open(String authorization);

  void close(String token);

  /** The authorization header that a token stands for; null if it stands for none. */
  @Nullable String authorization(@Nullable String token);
}
