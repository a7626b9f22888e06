package io.langfuse4j.server.http;

import org.jspecify.annotations.Nullable;

/**
 * One row of the route table: a handler, a source of events, or somebody who takes large bodies.
 *
 * @param path literal segments and {@code {name}} segments
 * @param lane what the handler may wait for
 */
public record Route(
    String method,
    String path,
    Access access,
    @Nullable Handler handler,
    @Nullable EventSource events,
    @Nullable Upload upload,
    Lane lane) {

  public static Route get(String path, Access access, Handler.Blocking handler) {
    return of("GET", path, access, Handler.blocking(handler));
  }

  public static Route post(String path, Access access, Handler handler) {
    return of("POST", path, access, handler);
  }

  public static Route put(String path, Access access, Handler handler) {
    return of("PUT", path, access, handler);
  }

  public static Route patch(String path, Access access, Handler handler) {
    return of("PATCH", path, access, handler);
  }

  public static Route delete(String path, Access access, Handler handler) {
    return of("DELETE", path, access, handler);
  }

  public static Route events(String path, Access access, EventSource source) {
    return new Route("GET", path, access, null, source, null, Lane.SERVER);
  }

  public static Route upload(String path, Access access, Upload upload) {
    return new Route("PUT", path, access, null, null, upload, Lane.METADATA);
  }

  /** Waits for nothing if it is open to everybody, and for the store of traces otherwise. */
  public static Route of(String method, String path, Access access, Handler handler) {
    Lane lane = access == Access.OPEN ? Lane.SERVER : Lane.TRACES;
    return new Route(method, path, access, handler, null, null, lane);
  }

  /** The same in another lane. */
  public Route in(Lane other) {
    return new Route(method, path, access, handler, events, upload, other);
  }

  /** The same with another handler. */
  public Route with(Handler other) {
    return new Route(method, path, access, other, events, upload, lane);
  }
}
