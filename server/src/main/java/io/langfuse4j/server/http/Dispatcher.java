package io.langfuse4j.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
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
  private final Answers answers;
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
    this.answers = new Answers(patience);
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
      answers.send(exchange, ErrorMapper.toResponse(e));
    }
  }

  private void route(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRelativePath();
    String method = exchange.getRequestMethod().toString();
    if (isApi(path) && path.endsWith("/")) {
      answers.send(exchange, withoutLastSlash(exchange));
      return;
    }
    RouteTable.Match match = routes.match(path);
    if (match == null) {
      answers.send(exchange, unrouted(exchange, path, method));
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
      answers.send(exchange, ErrorMapper.methodNotAllowed(match.allowed()));
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

  /** As Langfuse: an empty id is none. */
  private static Response withoutLastSlash(HttpServerExchange exchange) {
    String path = exchange.getRequestPath().replaceFirst("/+$", "");
    String query = exchange.getQueryString();
    return Response.of(308, "text/plain", new byte[0])
        .header("Location", path + (query.isEmpty() ? "" : "?" + query));
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
    Upload upload = route.upload();
    if (upload != null) {
      Request request = request(exchange, project, parameters, Body.EMPTY, memory);
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () -> run(exchange, route, () -> receive(exchange, route, upload, request)));
    } else if (!"GET".equals(route.method())) {
      BodyInMemory body = new BodyInMemory(memory);
      Runnable received =
          () ->
              handle(exchange, route, request(exchange, project, parameters, body.body(), memory));
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () ->
              BodyReader.read(
                  exchange,
                  bodyLimit,
                  patience,
                  body,
                  received,
                  failure -> refuse(exchange, failure)));
    } else {
      Request request = request(exchange, project, parameters, Body.EMPTY, memory);
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> handle(exchange, route, request));
    }
  }

  /** Asks first whether the file is wanted; called in the lane, and left for the I/O thread. */
  private void receive(HttpServerExchange exchange, Route route, Upload upload, Request request) {
    Upload.Expected expected;
    try {
      if (exchange.getRequestContentLength() < 0) {
        // As storage like S3 answers; the server underneath has one limit for all chunked bodies.
        throw ApiException.of(411, "An upload needs a Content-Length", "LengthRequired");
      }
      expected = upload.expect(request);
    } catch (RuntimeException e) {
      refuseUpload(exchange, request, e);
      return;
    }
    BodyInFile body =
        new BodyInFile(upload.folder(), request.memory(), exchange.getConnection().getWorker());
    exchange
        .getIoThread()
        .execute(
            () -> {
              exchange.setMaxEntitySize(expected.bytes());
              BodyReader.read(
                  exchange,
                  expected.bytes(),
                  patience,
                  body,
                  () -> handle(exchange, route, expected, request, body),
                  failure -> refuse(exchange, failure));
            });
  }

  /**
   * Many clients read no answer before they have sent everything, so it is let in unless it is
   * large, or turns out to be.
   */
  private void refuseUpload(HttpServerExchange exchange, Request request, RuntimeException reason) {
    if (exchange.getRequestContentLength() > bodyLimit) {
      refuse(exchange, reason);
      return;
    }
    Response response = ErrorMapper.toResponse(reason);
    exchange
        .getIoThread()
        .execute(
            () ->
                BodyReader.read(
                    exchange,
                    bodyLimit,
                    patience,
                    new UnwantedBody(request.memory()),
                    () -> answers.send(exchange, response),
                    failure -> refuse(exchange, failure)));
  }

  private @Nullable String signedIn(HeaderMap headers) {
    return signIns.authorization(
        SignInCookie.token(headers.getFirst(Headers.COOKIE), headers.getFirst(Headers.HOST)));
  }

  private void run(HttpServerExchange exchange, Route route, Runnable task) {
    run(exchange, route, task, () -> {});
  }

  private void run(HttpServerExchange exchange, Route route, Runnable task, Runnable refused) {
    Objects.requireNonNull(lanes.get(route.lane()))
        .execute(
            exchange.getIoThread(),
            task,
            () -> {
              refused.run();
              refuse(exchange, route.upload() != null, ErrorMapper.stalled());
            });
  }

  private void handle(HttpServerExchange exchange, Route route, Request request) {
    Handler handler = Objects.requireNonNull(route.handler());
    run(exchange, route, () -> answer(exchange, request, () -> handler.handle(request), () -> {}));
  }

  private void handle(
      HttpServerExchange exchange,
      Route route,
      Upload.Expected expected,
      Request request,
      BodyInFile body) {
    run(
        exchange,
        route,
        () -> answer(exchange, request, () -> expected.received().apply(body.file()), body::close),
        body::close);
  }

  /**
   * @param afterwards what to do when the answer is known, before it is sent
   */
  private void answer(
      HttpServerExchange exchange,
      Request request,
      Callable<CompletionStage<Response>> handler,
      Runnable afterwards) {
    try {
      CompletionStage<Response> answer = handler.call();
      var unused =
          answer.handleAsync(
              (response, failure) -> {
                afterwards.run();
                answers.send(
                    exchange,
                    failure == null
                        ? Answers.within(request, response)
                        : ErrorMapper.toResponse(failure));
                return true;
              },
              exchange.getConnection().getWorker());
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      // One request that is too deep or too large must not take the worker with it, and beside
      // another version of a library (Protobuf in an application's tests) clients must not wait.
      afterwards.run();
      answers.send(exchange, ErrorMapper.toResponse(e));
    }
  }

  private void refuse(HttpServerExchange exchange, Throwable failure) {
    refuse(exchange, true, ErrorMapper.toResponse(failure));
  }

  /**
   * @param unread whether there may be a body that nobody reads
   */
  private void refuse(HttpServerExchange exchange, boolean unread, Response response) {
    if (unread) {
      exchange.setPersistent(false);
    }
    answers.send(exchange, response);
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
}
