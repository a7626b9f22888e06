package io.langfuse4j.internal.http;

import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OpenTelemetry's instrumentation of HTTP clients, an agent for example, from tracing our own
 * requests, as its exporters do for theirs. The class that does it is not public API and has moved
 * between versions, so it is looked up; where it is not found requests are traced.
 */
final class Untraced {

  private static final @Nullable MethodHandle SUPPRESS = find();

  private Untraced() {}

  /** A request. */
  interface Request {
    HttpResponse<byte[]> send() throws IOException, InterruptedException;
  }

  /** What a request came to. */
  private static final class Outcome implements Runnable {
    private final Request request;
    private @Nullable HttpResponse<byte[]> response;
    private @Nullable IOException failure;
    private @Nullable InterruptedException interruption;

    Outcome(Request request) {
      this.request = request;
    }

    @Override
    public void run() {
      try {
        response = request.send();
      } catch (IOException e) {
        failure = e;
      } catch (InterruptedException e) {
        interruption = e;
      }
    }

    HttpResponse<byte[]> get() throws IOException, InterruptedException {
      if (failure != null) {
        throw failure;
      }
      if (interruption != null) {
        throw interruption;
      }
      return Objects.requireNonNull(response);
    }
  }

  static HttpResponse<byte[]> send(Request request) throws IOException, InterruptedException {
    Outcome outcome = new Outcome(request);
    try {
      if (SUPPRESS == null) {
        outcome.run();
      } else {
        SUPPRESS.invokeExact((Runnable) outcome);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return outcome.get();
  }

  /** Under the name that the API has here: OpenTelemetry's agent renames it for extensions. */
  private static @Nullable MethodHandle find() {
    String span = Span.class.getName();
    String api = span.substring(0, span.length() - "trace.Span".length());
    MethodHandle found = find(api + "impl.InstrumentationUtil");
    return found != null ? found : find(api + "internal.InstrumentationUtil");
  }

  private static @Nullable MethodHandle find(String className) {
    try {
      Class<?> util = Class.forName(className, true, Span.class.getClassLoader());
      return MethodHandles.publicLookup()
          .findStatic(
              util, "suppressInstrumentation", MethodType.methodType(void.class, Runnable.class));
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }
}
