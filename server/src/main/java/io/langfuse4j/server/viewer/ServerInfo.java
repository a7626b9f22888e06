package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.IngestStatistics;
import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.ProjectStore;
import io.langfuse4j.server.store.StoreStatistics;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the viewer shows about the server, and what its empty state needs to explain connecting. */
public final class ServerInfo {
  private static final double MILLIS_PER_DAY = 86_400_000;

  private final TraceStore store;
  private final IngestStatistics ingest;
  private final Project project;
  private final Address address;
  private final Keeping keeping;

  /**
   * What is kept for how long, and what is acknowledged but not there yet.
   *
   * @param keep how old a trace may get; null for any age
   * @param keepBytes how much the database may hold; {@link Long#MAX_VALUE} for no bound
   * @param deleted traces deleted by these bounds since the start
   * @param waiting exports that cannot be read yet
   */
  public record Keeping(
      @Nullable Duration keep, long keepBytes, LongSupplier deleted, LongSupplier waiting) {}

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

  public ServerInfo(
      TraceStore store,
      IngestStatistics ingest,
      Project project,
      Address address,
      Keeping keeping) {
    this.store = store;
    this.ingest = ingest;
    this.project = project;
    this.address = address;
    this.keeping = keeping;
  }

  Response get(Request request) {
    StoreStatistics stored = store.statistics(request.project());
    int port = address.port().getAsInt();
    boolean first = request.project().equals(project.id());
    ProjectStore.StoredProject other = first ? null : store.projects().project(request.project());
    String name = other == null ? project.name() : other.name();
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("version", address.version())
                    .field("projectId", request.project())
                    .field("projectName", name)
                    .field("publicKey", first ? project.publicKey() : null)
                    .field("requireKeys", address.keysRequired())
                    .field("host", address.host())
                    .field("port", port)
                    .field("baseUrl", "http://" + bracketed(address.host()) + ":" + port)
                    .field("dataDir", address.dataDir())
                    .field("startedAt", address.startedAt())
                    .field("traces", stored.traces())
                    .field("observations", stored.observations())
                    .field("databaseBytes", stored.bytes())
                    .object("retention", this::retention)
                    .object("health", this::health)));
  }

  private void retention(Json json) throws IOException {
    Duration keep = keeping.keep();
    boolean bounded = keeping.keepBytes() < Long.MAX_VALUE;
    json.field("keepDays", keep == null ? null : keep.toMillis() / MILLIS_PER_DAY)
        .field("keepBytes", bounded ? keeping.keepBytes() : null)
        .field("deletedTraces", keeping.deleted().getAsLong());
  }

  private void health(Json json) throws IOException {
    json.field("receivedSpans", ingest.receivedSpans())
        .field("storedSpans", ingest.storedSpans())
        .field("rejectedRequests", ingest.rejectedRequests())
        .field("waitingExports", keeping.waiting().getAsLong())
        .field("notSearchable", store.searchBehind())
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
