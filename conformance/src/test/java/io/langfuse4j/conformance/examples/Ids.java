package io.langfuse4j.conformance.examples;

import io.langfuse4j.Langfuse;
import io.langfuse4j.TraceContext;
import java.util.List;

/** Trace and observation ids. */
public final class Ids {

  private Ids() {}

  public static String seeded() {
    // tag::seeded-trace-id[]
    String externalRequestId = "req_12345";
    String traceId = Langfuse.createTraceId(externalRequestId);
    // end::seeded-trace-id[]
    return traceId;
  }

  public static void ticket(Langfuse langfuse) {
    // tag::process-ticket[]
    String traceId = Langfuse.createTraceId("support-ticket-54321");
    langfuse.run(
        "process-ticket",
        options -> options.parent(TraceContext.of(traceId)),
        span -> span.output("solved"));
    // end::process-ticket[]
  }

  public static List<String> current(Langfuse langfuse) {
    // tag::current-ids[]
    return langfuse.observe(
        "my-op",
        span -> {
          String traceId = langfuse.currentTraceId(); // span.traceId()
          String observationId = langfuse.currentObservationId(); // span.id()
          return List.of(traceId, observationId);
        });
    // end::current-ids[]
  }

  public static void downstream(Langfuse langfuse) {
    // tag::downstream[]
    String existingTraceId = "abcdef1234567890abcdef1234567890";
    String existingParentSpanId = "fedcba0987654321";
    langfuse.run(
        "process-downstream-task",
        options -> options.parent(TraceContext.of(existingTraceId, existingParentSpanId)),
        span -> {});
    // end::downstream[]
  }
}
