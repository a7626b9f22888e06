package io.langfuse4j.server.http;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random tokens of this process: a restart signs everybody out. Thread-safe. */
final class SignInsInMemory implements SignIns {
  private static final int MOST = 10_000;
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  /** By token, the oldest first; guarded by itself. */
  private final Map<String, SignIn> byToken = new LinkedHashMap<>();

  SignInsInMemory(Clock clock) {
    this.clock = clock;
  }

  private record SignIn(String authorization, Instant until) {}

  @Override
  public String open(String authorization) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    synchronized (byToken) {
      if (byToken.size() >= MOST) {
        byToken.remove(byToken.keySet().iterator().next());
      }
      byToken.put(token, new SignIn(authorization, clock.instant().plus(KEPT)));
    }
    return token;
  }

  @Override
  public void close(String token) {
    synchronized (byToken) {
      byToken.remove(token);
    }
  }

  @Override
  public @Nullable String authorization(@Nullable String token) {
    if (token == null) {
      return null;
    }
    synchronized (byToken) {
      SignIn signIn = byToken.get(token);
      return signIn == null || clock.instant().isAfter(signIn.until())
          ? null
          : signIn.authorization();
    }
  }
}
