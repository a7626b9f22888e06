package io.langfuse4j.conformance.examples;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.Observation;
import io.langfuse4j.api.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The programs of {@code docs/api.md}. */
public final class ReadingBack {

  private ReadingBack() {}

  /** A record whose components have the fields' names. */
  // tag::record[]
  public record Price(String modelName, Double inputPrice) {}

  // end::record[]

  public static List<String> slow(Langfuse langfuse, String user, Instant since) {
    // tag::list[]
    List<String> slow =
        langfuse.api().traces().list(q -> q.userId(user).fromTimestamp(since).limit(100)).stream()
            .filter(trace -> trace.latency() != null && trace.latency() > 5)
            .map(Trace::id)
            .toList();
    // end::list[]
    return slow;
  }

  public static List<String> models(Langfuse langfuse, String traceId) {
    // tag::one[]
    Trace trace = langfuse.api().traces().get(traceId);
    List<String> models = trace.observations().stream().map(Observation::model).distinct().toList();
    // end::one[]
    return models;
  }

  public static boolean isThere(Langfuse langfuse, String traceId) {
    // tag::errors[]
    try {
      langfuse.api().traces().get(traceId);
      return true;
    } catch (LangfuseApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e; // status(), body(), requestId(); the message says what to do
    }
    // end::errors[]
  }

  public static Price anything(Langfuse langfuse) {
    // tag::any[]
    ApiObject created =
        langfuse
            .api()
            .request("POST", "/api/public/models")
            .body(
                Map.of(
                    "modelName",
                    "our-model",
                    "matchPattern",
                    "(?i)^our-model$",
                    "unit",
                    "TOKENS",
                    "inputPrice",
                    0.000001))
            .send();
    Price price = created.as(Price.class);
    // end::any[]
    return price;
  }
}
