package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the server. With keys the API is open to every page, as Langfuse's
 * is: the keys decide. Without keys every page could read everybody's prompts off this machine, so
 * reading is for pages of this machine only, and the name that the server was called by must be one
 * of this machine's (which defeats DNS rebinding).
 */
final class CrossOrigin {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString REQUEST_HEADERS =
      new HttpString("Access-Control-Request-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
  private static final Set<String> LOCAL_NAMES =
      Set.of(
          "localhost",
          "127.0.0.1",
          "[::1]",
          "::1",
          "host.docker.internal",
          "gateway.docker.internal",
          "host.containers.internal",
          "host.testcontainers.internal");

  private final boolean keysRequired;

  CrossOrigin(boolean keysRequired) {
    this.keysRequired = keysRequired;
  }

  /** Says which page may read the answer. */
  void answer(HttpServerExchange exchange, Access access) {
    HeaderMap headers = exchange.getResponseHeaders();
    String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    if (access == Access.VIEW) {
      return;
    }
    boolean open = access != Access.READ && access != Access.MANAGE;
    if (keysRequired || open || origin == null) {
      headers.put(ALLOW_ORIGIN, "*");
    } else if (isLocal(hostOf(origin))) {
      headers.put(ALLOW_ORIGIN, origin);
      headers.put(Headers.VARY, "Origin");
    }
  }

  void preflight(HttpServerExchange exchange, Access access, String allowedMethods) {
    answer(exchange, access);
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(ALLOW_METHODS, allowedMethods + ", OPTIONS");
    String wanted = exchange.getRequestHeaders().getFirst(REQUEST_HEADERS);
    headers.put(ALLOW_HEADERS, wanted == null ? "*" : wanted);
    headers.put(MAX_AGE, "86400");
    exchange.setStatusCode(204);
  }

  void checkCalledByLocalName(HttpServerExchange exchange) {
    String host = exchange.getHostName();
    if (!keysRequired && host != null && !isLocal(host)) {
      throw ApiException.of(
          403,
          "Without keys this server answers only to localhost, not to '"
              + host
              + "'. Start it with --require-keys to use other names.",
          "ForbiddenError");
    }
  }

  /**
   * Refuses changes that a page of another machine asks for. A browser sends simple requests
   * without asking first. A browser that has signed in sends its cookie for pages of other ports,
   * too: there the page must be this server's own.
   */
  void checkChange(HttpServerExchange exchange, Access access, boolean signedIn) {
    String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    if (signedIn && (origin == null || !origin.endsWith("://" + exchange.getHostAndPort()))) {
      throw foreign(origin);
    }
    boolean guarded =
        access == Access.VIEW
            || (!keysRequired && (access == Access.READ || access == Access.MANAGE));
    if (!guarded || origin == null) {
      return;
    }
    String host = hostOf(origin);
    boolean own = host != null && host.equalsIgnoreCase(exchange.getHostName());
    if (!own && (keysRequired || !isLocal(host))) {
      throw foreign(origin);
    }
  }

  private static ApiException foreign(@Nullable String origin) {
    return ApiException.of(
        403, "Pages of '" + origin + "' may not change anything here", "ForbiddenError");
  }

  private static @Nullable String hostOf(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isLocal(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return LOCAL_NAMES.contains(name) || name.endsWith(".localhost") || name.startsWith("127.");
  }
}
