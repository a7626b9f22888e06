package io.langfuse4j.server.http;

import org.jspecify.annotations.Nullable;

/**
 * One row of the route table: a handler, or a source of events.
 *
 * @param path literal segments and {@code {name}} segments
 */
public record Route(
    String method,
    String path,
    Access access,
    @Nullable Handler handler,
    @Nullable EventSource events) {

  public static Route get(String path, Access access, Handler.Blocking handler) {
    return new Route("GET", path, access, Handler.blocking(handler), null);
  }

  public static Route post(String path, Access access, Handler handler) {
    return new Route("POST", path, access, handler, null);
  }

  public static Route put(String path, Access access, Handler handler) {
    return new Route("PUT", path, access, handler, null);
  }

  public static Route patch(String path, Access access, Handler handler) {
    return new Route("PATCH", path, access, handler, null);
  }

  public static Route delete(String path, Access access, Handler handler) {
    return new Route("DELETE", path, access, handler, null);
  }

  public static Route events(String path, Access access, EventSource source) {
    return new Route("GET", path, access, null, source);
  }
}
