package io.langfuse4j.conformance.services;

import io.langfuse4j.LangfuseBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/** Calls of another service, by the HTTP clients that applications use. */
final class Calls {

  private static final TextMapPropagator propagators =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), LangfuseBaggagePropagator.getInstance());

  private final HttpClient jdk = HttpClient.newHttpClient();
  private final OkHttpClient okHttp = new OkHttpClient.Builder().addInterceptor(okHttp()).build();
  private final RestClient.Builder restClient;
  private final WebClient.Builder webClient;

  /**
   * @param restClient Spring Boot's, which observes and propagates
   * @param webClient Spring Boot's too
   */
  Calls(RestClient.Builder restClient, WebClient.Builder webClient) {
    this.restClient = restClient;
    this.webClient = webClient;
  }

  // tag::okhttp[]
  static Interceptor okHttp() {
    return chain -> {
      Context context =
          LangfuseBaggagePropagator.withHost(Context.current(), chain.request().url().host());
      Request.Builder request = chain.request().newBuilder();
      propagators.inject(context, request, Request.Builder::header);
      return chain.proceed(request.build());
    };
  }

  // end::okhttp[]

  // tag::rest-client[]
  static ClientHttpRequestInterceptor restClient() {
    return (request, body, execution) -> {
      Context context =
          LangfuseBaggagePropagator.withHost(Context.current(), request.getURI().getHost());
      LangfuseBaggagePropagator.getInstance()
          .inject(context, request.getHeaders(), HttpHeaders::set);
      return execution.execute(request, body);
    };
  }

  // end::rest-client[]

  // tag::web-client[]
  static ExchangeFilterFunction webClient() {
    return (request, next) -> {
      Context context =
          LangfuseBaggagePropagator.withHost(Context.current(), request.url().getHost());
      ClientRequest.Builder changed = ClientRequest.from(request);
      LangfuseBaggagePropagator.getInstance()
          .inject(
              context, changed, (target, name, value) -> target.headers(h -> h.set(name, value)));
      return next.exchange(changed.build());
    };
  }

  // end::web-client[]

  String with(Caller caller, URI uri) {
    return switch (caller) {
      case JDK -> byJdk(uri);
      case OKHTTP -> byOkHttp(uri);
      case REST_CLIENT -> byRestClient(restClient, uri);
      case REST_CLIENT_TO_HOSTS ->
          byRestClient(restClient.clone().requestInterceptor(restClient()), uri);
      case WEB_CLIENT -> byWebClient(webClient, uri);
      case WEB_CLIENT_TO_HOSTS -> byWebClient(webClient.clone().filter(webClient()), uri);
    };
  }

  private String byJdk(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    propagators.inject(
        LangfuseBaggagePropagator.withHost(Context.current(), uri.getHost()),
        request,
        HttpRequest.Builder::header);
    try {
      return jdk.send(request.build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String byOkHttp(URI uri) {
    Request request = new Request.Builder().url(uri.toString()).build();
    try (Response response = okHttp.newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String byRestClient(RestClient.Builder builder, URI uri) {
    return builder.build().get().uri(uri).retrieve().body(String.class);
  }

  private static String byWebClient(WebClient.Builder builder, URI uri) {
    return builder.build().get().uri(uri).retrieve().bodyToMono(String.class).block();
  }
}
