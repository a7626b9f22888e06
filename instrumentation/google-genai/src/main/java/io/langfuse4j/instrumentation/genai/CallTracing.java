package io.langfuse4j.instrumentation.genai;

import static io.langfuse4j.ObservationType.EMBEDDING;
import static io.langfuse4j.ObservationType.GENERATION;

import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Sees the calls of one client as they are on the wire, before the library's own retries: what it
 * sees is one call for the application.
 *
 * <p>Thread-safe.
 */
final class CallTracing implements Interceptor {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;
  private final Callers callers;

  CallTracing(Supplier<Langfuse> langfuse, ModelCallOptions options, Callers callers) {
    this.langfuse = langfuse;
    this.options = options;
    this.callers = callers;
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Route route = Route.of(request.url().encodedPath());
    if (route == null) {
      return chain.proceed(request);
    }
    Context caller = callers.of(chain.call());
    if (caller == Context.root()) {
      return traced(chain, request, route);
    }
    try (Scope scope = caller.makeCurrent()) {
      return traced(chain, request, route);
    }
  }

  @SuppressWarnings("try") // the scope is the point
  private Response traced(Chain chain, Request request, Route route) throws IOException {
    ModelCall call =
        route.embeds()
            ? ModelCall.start(langfuse, "GoogleGenAI-embedding", EMBEDDING, options)
            : ModelCall.start(langfuse, "GoogleGenAI-generation", GENERATION, options);
    if (!call.isActive()) {
      return chain.proceed(request);
    }
    call.request(described -> route.reader().request(described, route.model(), body(request)));
    Response response;
    try (Scope scope = call.makeCurrent()) {
      response = chain.proceed(request);
    } catch (Throwable t) {
      call.fail(t, failed -> failed.error(t.toString()));
      throw t;
    }
    return followed(call, route, response);
  }

  private static Map<String, Object> body(Request request) throws IllegalStateException {
    RequestBody body = request.body();
    if (body == null || body.isOneShot() || body.isDuplex()) {
      return Map.of();
    }
    try (Buffer buffer = new Buffer()) {
      body.writeTo(buffer);
      return Json.map(buffer.readUtf8());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The response with a body that is followed while the library reads it. */
  private static Response followed(ModelCall call, Route route, Response response) {
    ResponseBody body = response.body();
    if (body == null) {
      call.succeed();
      return response;
    }
    try {
      Answer answer = new Answer(route, response.isSuccessful() ? null : response);
      StreamedCall<String> streamed = new StreamedCall<>(call, answer, call::fail);
      return response.newBuilder().body(new FollowedBody(body, streamed, answer, call)).build();
    } catch (RuntimeException | LinkageError e) {
      call.succeed();
      return response;
    }
  }

  /** The exception that the library makes of a refusal; the application gets its own. */
  static ApiException refusal(Response response, String body) {
    Map<String, Object> error = Fields.map(Json.map(body).get("error"));
    String status = Fields.text(error.get("status"));
    String message = Fields.text(error.get("message"));
    String known = message == null ? body : message;
    String named = status == null ? response.message() : status;
    return response.code() < 500
        ? new ClientException(response.code(), named, known)
        : new ServerException(response.code(), named, known);
  }

  static boolean isEventStream(@Nullable MediaType type) {
    return type != null && type.subtype().equals("event-stream");
  }
}
