package io.langfuse4j.instrumentation.adk;

import com.google.adk.telemetry.Tracing;
import io.langfuse4j.Langfuse;
import io.opentelemetry.api.trace.Tracer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tracer that ADK makes its spans with. ADK takes it from the global OpenTelemetry when its
 * class is loaded and offers one way to change it later, which it says is for tests.
 */
final class NativeTracer {

  private static final Logger LOGGER = Logger.getLogger("io.langfuse4j");
  private static final String SCOPE = "gcp.vertex.agent";
  private static final Object LOCK = new Object();

  private static @Nullable Tracer ours;

  private NativeTracer() {}

  /** Leaves a tracer of the application alone. */
  static void connect(Langfuse langfuse) {
    try {
      synchronized (LOCK) {
        Tracer current = Tracing.getTracer();
        if (current != ours && goesSomewhere(current)) {
          return;
        }
        Tracer tracer = langfuse.tracerProvider().get(SCOPE);
        if (goesSomewhere(tracer)) {
          Tracing.setTracerForTesting(tracer);
          ours = tracer;
        } else {
          LOGGER.warning(
              "Langfuse: Google ADK is not traced, because the OpenTelemetry of this application is"
                  + " not the global one. Make it that before ADK is used.");
        }
      }
    } catch (RuntimeException | LinkageError e) {
      LOGGER.log(Level.WARNING, "Langfuse: Google ADK is not traced in this version.", e);
    }
  }

  /** The span that tells is never ended, so that nobody exports it. */
  private static boolean goesSomewhere(Tracer tracer) {
    return tracer.spanBuilder("langfuse").setNoParent().startSpan().getSpanContext().isValid();
  }
}
