package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import com.sun.net.httpserver.HttpExchange;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBaggagePropagator;
import io.langfuse4j.PropagationScope;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Attributes of the whole trace, in one service and across two. */
public final class Propagation {

  private Propagation() {}

  public static void userWorkflow(Langfuse langfuse) {
    // tag::user-workflow[]
    langfuse.run(
        "user-workflow",
        span ->
            Langfuse.propagateAttributes(
                    a ->
                        a.userId("user_123")
                            .sessionId("session_workflow")
                            .metadata("experiment", "variant_a")
                            .version("1.0")
                            .traceName("user-workflow"))
                .run(() -> langfuse.startObservation("llm-call", GENERATION).model("gpt-4").end()));
    // end::user-workflow[]
  }

  public static void pipeline(Langfuse langfuse) {
    // tag::propagation-scope[]
    try (PropagationScope scope =
        Langfuse.propagateAttributes(
            a -> a.userId("user-123").tags("authenticated-user").metadata("plan", "premium"))) {
      langfuse.run("data-processing", span -> span.startObservation("llm-call", GENERATION).end());
    }
    // end::propagation-scope[]
  }

  // tag::propagators[]
  private static final TextMapPropagator propagators =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

  // end::propagators[]

  public static void apiRequest(Langfuse langfuse, URI serviceB) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    // tag::api-request[]
    langfuse.run(
        "api-request",
        span ->
            Langfuse.propagateAttributes(
                    a -> a.userId("user_123").sessionId("session_baggage").asBaggage())
                .run(
                    () -> {
                      HttpRequest.Builder request = HttpRequest.newBuilder(serviceB);
                      propagators.inject(Context.current(), request, HttpRequest.Builder::header);
                      http.send(request.build(), BodyHandlers.ofString());
                    }));
    // end::api-request[]
  }

  // tag::restricted-propagators[]
  private static final TextMapPropagator restricted =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), LangfuseBaggagePropagator.getInstance());

  // end::restricted-propagators[]

  public static void restrictedRequest(Langfuse langfuse, URI serviceB) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    // tag::as-baggage-to[]
    Langfuse.propagateAttributes(
            a -> a.userId("user_123").asBaggageTo("chat.example.com", "*.internal.example.com"))
        .run(
            () -> {
              Context context =
                  LangfuseBaggagePropagator.withHost(Context.current(), serviceB.getHost());
              HttpRequest.Builder request = HttpRequest.newBuilder(serviceB);
              restricted.inject(context, request, HttpRequest.Builder::header);
              http.send(request.build(), BodyHandlers.ofString());
            });
    // end::as-baggage-to[]
  }

  public static void serviceB(Langfuse langfuse, HttpExchange exchange) throws IOException {
    // tag::service-b[]
    Context context = propagators.extract(Context.root(), exchange, new RequestHeaders());
    try (Scope scope = context.makeCurrent()) {
      langfuse.run("service-b", span -> span.output("done"));
    }
    // end::service-b[]
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /** Reads the headers of a request to the JDK's HTTP server. */
  private static final class RequestHeaders implements TextMapGetter<HttpExchange> {
    @Override
    public Iterable<String> keys(HttpExchange exchange) {
      return exchange.getRequestHeaders().keySet();
    }

    @Override
    public String get(HttpExchange exchange, String key) {
      return exchange.getRequestHeaders().getFirst(key);
    }
  }
}
