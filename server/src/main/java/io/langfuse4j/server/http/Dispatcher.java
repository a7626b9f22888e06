package io.langfuse4j.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request from the connection to its handler and the answer back. Bodies are received on
 * I/O threads, handlers run on workers, and an answer that is ready later holds neither.
 */
final class Dispatcher implements HttpHandler {
  /** Path of the route that a request took. */
  static final AttachmentKey<String> ROUTE = AttachmentKey.create(String.class);

  private static final HttpString NO_SNIFF = new HttpString("X-Content-Type-Options");
  private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");

  private final RouteTable routes;
  private final Authenticator authenticator;
  private final SignIns signIns;
  private final CrossOrigin crossOrigin;
  private final StaticFiles files = new StaticFiles();
  private final EventStreams streams;
  private final Map<Lane, Bulkhead> lanes;
  private final MemoryBudget budget;
  private final long bodyLimit;
  private final Patience patience;
  private final SlowReaders slowReaders;
  private final String serverName;

  Dispatcher(
      List<Route> routes,
      Authenticator authenticator,
      SignIns signIns,
      CrossOrigin crossOrigin,
      EventStreams streams,
      Map<Lane, Bulkhead> lanes,
      MemoryBudget budget,
      HttpServer.Limits limits,
      String serverName) {
    this.routes = new RouteTable(routes);
    this.authenticator = authenticator;
    this.signIns = signIns;
    this.crossOrigin = crossOrigin;
    this.streams = streams;
    this.lanes = lanes;
    this.budget = budget;
    this.bodyLimit = limits.body();
    this.patience = new Patience(limits.patience());
    this.slowReaders = new SlowReaders(patience);
    this.serverName = serverName;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.SERVER, serverName);
    headers.put(NO_SNIFF, "nosniff");
    headers.put(REFERRER_POLICY, "no-referrer");
    try {
      route(exchange);
    } catch (Exception e) {
      send(exchange, ErrorMapper.toResponse(e));
    }
  }

  private void route(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRelativePath();
    String method = exchange.getRequestMethod().toString();
    RouteTable.Match match = routes.match(path);
    if (match == null) {
      send(exchange, unrouted(exchange, path, method));
      return;
    }
    Access access = match.byMethod().values().iterator().next().access();
    if ("OPTIONS".equals(method)) {
      crossOrigin.preflight(exchange, access, match.allowed());
      exchange.endExchange();
      return;
    }
    crossOrigin.answer(exchange, access);
    Route route = match.route(method);
    if (route == null) {
      send(exchange, ErrorMapper.methodNotAllowed(match.allowed()));
      return;
    }
    exchange.putAttachment(ROUTE, route.path());
    call(exchange, route, match.parameters());
  }

  private Response unrouted(HttpServerExchange exchange, String path, String method) {
    if (isApi(path)) {
      crossOrigin.answer(exchange, Access.READ);
      return ErrorMapper.unknownPath(path);
    }
    if (!"GET".equals(method) && !"HEAD".equals(method)) {
      return ErrorMapper.methodNotAllowed("GET");
    }
    exchange.putAttachment(ROUTE, "ui");
    return files.get(path, exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH));
  }

  private static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/") || path.startsWith("/v1/");
  }

  private void call(HttpServerExchange exchange, Route route, Map<String, String> parameters)
      throws Exception {
    if (route.access() != Access.OPEN) {
      crossOrigin.checkCalledByLocalName(exchange);
    }
    HeaderMap headers = exchange.getRequestHeaders();
    String given = headers.getFirst(Headers.AUTHORIZATION);
    String remembered = given == null ? signedIn(headers) : null;
    if (!"GET".equals(route.method())) {
      crossOrigin.checkChange(exchange, route.access(), remembered != null);
    }
    String project = authenticator.project(route.access(), given == null ? remembered : given);
    EventSource events = route.events();
    if (events != null) {
      streams.open(exchange, events, project);
      return;
    }
    MemoryBudget.Reservation memory = budget.reservation();
    exchange.addExchangeCompleteListener(
        (completed, next) -> {
          memory.close();
          next.proceed();
        });
    if (!"GET".equals(route.method())) {
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () ->
              BodyReader.read(
                  exchange,
                  bodyLimit,
                  patience,
                  memory,
                  body ->
                      run(exchange, route, request(exchange, project, parameters, body, memory)),
                  failure -> refuse(exchange, failure)));
    } else {
      Request request = request(exchange, project, parameters, Body.EMPTY, memory);
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> run(exchange, route, request));
    }
  }

  private @Nullable String signedIn(HeaderMap headers) {
    return signIns.authorization(
        SignInCookie.token(headers.getFirst(Headers.COOKIE), headers.getFirst(Headers.HOST)));
  }

  private void run(HttpServerExchange exchange, Route route, Request request) {
    Executor worker = exchange.getConnection().getWorker();
    Objects.requireNonNull(lanes.get(route.lane()))
        .execute(
            exchange.getIoThread(),
            () -> answer(exchange, route, request, worker),
            () -> send(exchange, ErrorMapper.stalled()));
  }

  private void answer(HttpServerExchange exchange, Route route, Request request, Executor worker) {
    try {
      Handler handler = Objects.requireNonNull(route.handler());
      CompletionStage<Response> answer = handler.handle(request);
      var unused =
          answer.handleAsync(
              (response, failure) -> {
                send(
                    exchange,
                    failure == null ? within(request, response) : ErrorMapper.toResponse(failure));
                return true;
              },
              worker);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      // One request that is too deep or too large must not take the worker with it, and beside
      // another version of a library (Protobuf in an application's tests) clients must not wait.
      send(exchange, ErrorMapper.toResponse(e));
    }
  }

  /** An answer may wait long for its reader, and takes memory until then. */
  private static Response within(Request request, Response response) {
    try {
      request.memory().cover(response.body().length);
      return response;
    } catch (ApiException e) {
      return e.response();
    }
  }

  private void refuse(HttpServerExchange exchange, Throwable failure) {
    exchange.setPersistent(false);
    send(exchange, ErrorMapper.toResponse(failure));
  }

  private static Request request(
      HttpServerExchange exchange,
      String project,
      Map<String, String> parameters,
      Body body,
      MemoryBudget.Reservation memory) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    exchange.getQueryParameters().forEach((name, values) -> query.put(name, List.copyOf(values)));
    HeaderMap headers = exchange.getRequestHeaders();
    return new Request(
        exchange.getRelativePath(), project, query, parameters, headers::getFirst, body, memory);
  }

  private void send(HttpServerExchange exchange, Response response) {
    if (exchange.isResponseStarted()) {
      return;
    }
    exchange.setStatusCode(response.status());
    response
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    if (response.status() == 304 || response.body().length == 0) {
      exchange.endExchange();
    } else {
      slowReaders.watch(exchange, response.body().length);
      exchange.getResponseSender().send(ByteBuffer.wrap(response.body()));
    }
  }
}
