package io.langfuse4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of traces in the user interface. They contain the project id, which the server is asked
 * for once; while it cannot be asked, the address without project is given, which the server
 * forwards.
 *
 * <p>Thread-safe.
 */
public final class TraceLinks {

  private static final long RETRY_AFTER_NANOS = 30_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LangfuseHttp http;
  private final Object lock = new Object();
  private @Nullable String projectId;
  private long askAgainAt = System.nanoTime();

  public TraceLinks(LangfuseHttp http) {
    this.http = http;
  }

  /** Blocks for one request the first time. */
  public String urlOf(String traceId) {
    String project = project();
    URI base = http.baseUrl();
    return project == null
        ? base + "/trace/" + traceId
        : base + "/project/" + project + "/traces/" + traceId;
  }

  private @Nullable String project() {
    synchronized (lock) {
      if (projectId == null && System.nanoTime() - askAgainAt >= 0) {
        projectId = ask();
        askAgainAt = System.nanoTime() + RETRY_AFTER_NANOS;
      }
      return projectId;
    }
  }

  private @Nullable String ask() {
    try {
      HttpResponse<byte[]> response =
          http.send(http.request(http.resolve("/api/public/projects")).GET().build());
      JsonNode id = JSON.readTree(response.body()).at("/data/0/id");
      return response.statusCode() == 200 && id.isTextual() ? id.textValue() : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
