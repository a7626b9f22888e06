package io.langfuse4j.extension;

import io.langfuse4j.Langfuse;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** A program that traces itself with the agent's OpenTelemetry and with a client of ours. */
final class Application {

  private Application() {}

  public static void main(String[] arguments) {
    Tracer http = GlobalOpenTelemetry.getTracer("my-server");
    Tracer llm = GlobalOpenTelemetry.getTracer("litellm");
    Span request = http.spanBuilder("request").startSpan();
    try (Scope scope = request.makeCurrent();
        Langfuse langfuse = Langfuse.get()) {
      langfuse.run("observation", o -> llm.spanBuilder("chat").startSpan().end());
      if (!langfuse.flush()) {
        throw new IllegalStateException(langfuse.stats().toString());
      }
    } finally {
      request.end();
    }
  }
}
