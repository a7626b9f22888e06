package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.Endpoint.Attempt;
import io.langfuse4j.internal.export.Endpoint.Outcome;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.http.LangfuseHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;

/**
 * The trace endpoint of a server, which takes OTLP.
 *
 * <p>Confined to the exporting thread.
 */
final class OtlpEndpoint implements AutoCloseable {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/x-protobuf",
          "Content-Encoding", "gzip",
          "x-langfuse-ingestion-version", "4");

  private final Endpoint endpoint;
  private final ExportCounters counters;

  OtlpEndpoint(LangfuseHttp http, String path, ExportCounters counters) {
    this.endpoint = new Endpoint(Cargo.OBSERVATIONS, http, path, HEADERS, counters);
    this.counters = counters;
  }

  String publicKey() {
    return endpoint.publicKey();
  }

  /** One attempt; counts the spans as sent if they were, and those of a partial success as lost. */
  Attempt post(byte[] body, int spans) {
    Attempt attempt = endpoint.post(body, spans);
    if (attempt.outcome() == Outcome.ACCEPTED) {
      accepted(spans, Objects.requireNonNull(attempt.response()));
    }
    return attempt;
  }

  /** Says that a single span was refused for its size however small it was made. */
  void refusedForSize() {
    endpoint.refusedForSize();
  }

  /** Says that a batch cannot be made smaller. */
  void garbled(IOException cause) {
    endpoint.refused("garbled", "Langfuse: a batch cannot be taken apart and is lost: " + cause);
  }

  private void accepted(int spans, HttpResponse<byte[]> response) {
    int rejected = (int) Math.min(PartialSuccess.rejectedSpans(response), spans);
    counters.addSent(spans - rejected);
    if (rejected > 0) {
      counters.addLost(Loss.REJECTED, rejected);
      endpoint.refused(
          "partial",
          "Langfuse at " + endpoint.uri() + " rejected " + rejected + " of " + spans + " spans.");
    } else {
      endpoint.works();
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
