package io.langfuse4j.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.store.clickhouse.ClickHouseFront;
import io.langfuse4j.server.store.media.S3Gateway;
import io.langfuse4j.server.store.postgres.PostgresServer;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * The real server on a free port, spoken to over HTTP as its users do; with {@code
 * -Dlangfuse4j.test.onClickHouse=true} on ClickHouse rather than the embedded store, with {@code
 * -Dlangfuse4j.test.onPostgres=true} as well on PostgreSQL besides, with {@code
 * -Dlangfuse4j.test.mediaOnS3=true} with media on S3.
 */
public final class TestServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A server that is started on its folder again goes on with what it had. */
  private static final Map<Path, PostgresSettings> SCHEMAS = new ConcurrentHashMap<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final LangfuseServer server;

  private TestServer(LangfuseServer server) {
    this.server = server;
  }

  public static TestServer start(Path folder) {
    return start(folder, builder -> builder);
  }

  public static TestServer start(Path folder, UnaryOperator<LangfuseServer.Builder> settings) {
    LangfuseServer.Builder builder = LangfuseServer.builder(folder).port(0);
    if (Boolean.getBoolean("langfuse4j.test.onClickHouse")) {
      builder.clickHouse(ClickHouseFront.emptyDatabase());
      if (Boolean.getBoolean("langfuse4j.test.onPostgres")) {
        builder.metadata(SCHEMAS.computeIfAbsent(folder, started -> PostgresServer.emptySchema()));
      }
    }
    if (Boolean.getBoolean("langfuse4j.test.mediaOnS3")) {
      builder.mediaOnS3(S3Gateway.emptyBucket());
    }
    return new TestServer(settings.apply(builder).start());
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return server.url();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  /** The JSON of a successful answer. */
  public JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return parse(response.body());
  }

  public HttpResponse<String> post(String path, String contentType, byte[] body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
  }

  /** Sends JSON, whose quotes may be single ones. */
  public HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  /** The JSON of the answer, which must have the status. */
  public JsonNode send(int status, String method, String path, String json) {
    HttpResponse<String> response = send(method, path, json);
    if (response.statusCode() != status) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body().isEmpty() ? MAPPER.nullNode() : parse(response.body());
  }

  /** JSON whose quotes may be single ones. */
  public static JsonNode lenient(String json) {
    return parse(json.replace('\'', '"'));
  }

  /** Sends spans and insists that they were accepted. */
  public void ingest(OtlpRequest request) {
    HttpResponse<String> response =
        post(
            "/api/public/otel/v1/traces",
            "application/json",
            request.json().getBytes(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }
}
