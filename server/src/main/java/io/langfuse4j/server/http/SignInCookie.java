package io.langfuse4j.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cookie by which a browser is known that has signed in. Browsers keep cookies by host and not
 * by port, so its name says the port: two servers on one machine do not sign each other out. No
 * script reads it, and pages of other sites cannot have it sent along.
 */
public final class SignInCookie {
  private SignInCookie() {}

  /** For a {@code Set-Cookie} header. */
  public static String of(String token, Duration keep, Request request) {
    boolean encrypted = "https".equals(request.header("X-Forwarded-Proto"));
    return name(request.header("Host"))
        + "="
        + token
        + "; Path=/api; HttpOnly; SameSite=Strict; Max-Age="
        + keep.toSeconds()
        + (encrypted ? "; Secure" : "");
  }

  /** The token of a request; null without one. */
  public static @Nullable String token(Request request) {
    return token(request.header("Cookie"), request.header("Host"));
  }

  static @Nullable String token(@Nullable String cookies, @Nullable String host) {
    if (cookies == null) {
      return null;
    }
    String start = name(host) + "=";
    for (String cookie : cookies.split(";", -1)) {
      if (cookie.strip().startsWith(start)) {
        return cookie.strip().substring(start.length());
      }
    }
    return null;
  }

  private static String name(@Nullable String host) {
    String port = host == null ? "" : host.replaceFirst("^.*?(\\d{1,5})?$", "$1");
    return "langfuse4j-" + (port.isEmpty() ? "80" : port);
  }
}
