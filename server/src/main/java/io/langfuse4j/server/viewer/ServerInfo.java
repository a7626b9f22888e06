package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.IngestStatistics;
import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.StoreStatistics;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.time.Instant;
import java.util.function.IntSupplier;

/** What the viewer shows about the server, and what its empty state needs to explain connecting. */
public final class ServerInfo {
  private final TraceStore store;
  private final IngestStatistics ingest;
  private final Project project;
  private final Address address;

  /**
   * Where the server is.
   *
   * @param port asked when needed, since port 0 is only known once it listens
   */
  public record Address(
      String version,
      String host,
      IntSupplier port,
      String dataDir,
      boolean keysRequired,
      Instant startedAt) {}

  public ServerInfo(TraceStore store, IngestStatistics ingest, Project project, Address address) {
    this.store = store;
    this.ingest = ingest;
    this.project = project;
    this.address = address;
  }

  Response get(Request request) {
    StoreStatistics stored = store.statistics(request.project());
    int port = address.port().getAsInt();
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("version", address.version())
                    .field("projectId", project.id())
                    .field("projectName", project.name())
                    .field("publicKey", project.publicKey())
                    .field("requireKeys", address.keysRequired())
                    .field("host", address.host())
                    .field("port", port)
                    .field("baseUrl", "http://" + bracketed(address.host()) + ":" + port)
                    .field("dataDir", address.dataDir())
                    .field("startedAt", address.startedAt())
                    .field("traces", stored.traces())
                    .field("observations", stored.observations())
                    .field("databaseBytes", stored.bytes())
                    .object("health", this::health)));
  }

  private void health(Json json) throws IOException {
    json.field("receivedSpans", ingest.receivedSpans())
        .field("storedSpans", ingest.storedSpans())
        .field("rejectedRequests", ingest.rejectedRequests())
        .array(
            "lastRejections",
            array -> {
              for (IngestStatistics.Rejection rejection : ingest.lastRejections()) {
                array.element(
                    fields ->
                        fields
                            .field("at", rejection.at())
                            .field("reason", rejection.reason())
                            .field("count", rejection.count()));
              }
            });
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
