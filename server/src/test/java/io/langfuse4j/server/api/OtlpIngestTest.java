package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.gzip;
import static io.langfuse4j.server.TestServer.parse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpIngestTest {
  private static final String PATH = "/api/public/otel/v1/traces";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> postJson(String body) {
    return server.post(PATH, JSON, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/v1/traces"})
  void protobuf_isStoredAndAnsweredInProtobuf(String path) throws Exception {
    int trace = path.hashCode() & 0xffff;
    HttpResponse<String> response =
        server.post(path, PROTOBUF, OtlpRequest.root(trace, 1, "proto").protobuf());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(PROTOBUF);
    assertThat(ExportTraceServiceResponse.parseFrom(response.body().getBytes(UTF_8)))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    assertThat(server.json("/api/public/traces/" + traceId(trace)).path("name").asText())
        .isEqualTo("proto");
  }

  @Test
  void json_isStoredAndAnsweredInJson() {
    HttpResponse<String> response = postJson(OtlpRequest.root(2, 1, "json").json());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().firstValue("Server").orElseThrow()).startsWith("langfuse4j/");
    assertThat(server.json("/api/public/traces/" + traceId(2)).path("name").asText())
        .isEqualTo("json");
  }

  @Test
  void gzip_isExpanded() {
    HttpResponse<String> response =
        server.send(
            server
                .request(PATH)
                .header("Content-Type", PROTOBUF)
                .header("Content-Encoding", "gzip")
                .POST(
                    BodyPublishers.ofByteArray(gzip(OtlpRequest.root(3, 1, "zipped").protobuf()))));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(server.json("/api/public/traces/" + traceId(3)).path("name").asText())
        .isEqualTo("zipped");
  }

  @Test
  void chunkedBody_isRead() {
    byte[] body = OtlpRequest.root(4, 1, "chunked").protobuf();
    HttpResponse<String> response =
        server.send(
            server
                .request(PATH)
                .header("Content-Type", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(server.json("/api/public/traces/" + traceId(4)).path("name").asText())
        .isEqualTo("chunked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"resourceSpans\":[]}"})
  void nothingToStore_isAccepted(String body) {
    HttpResponse<String> response = postJson(body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, Invalid content type",
    "application/json, Failed to parse OTel JSON Trace",
    "application/x-protobuf, Failed to parse OTel Protobuf Trace",
  })
  void unreadableBody_isRefused(String contentType, String error) {
    HttpResponse<String> response = server.post(PATH, contentType, "no such thing".getBytes(UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(parse(response.body())).isEqualTo(parse("{\"error\":\"" + error + "\"}"));
  }

  @Test
  void contentTypeMissing_isRefused() {
    HttpResponse<String> response =
        server.send(server.request(PATH).POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("{\"error\":\"Invalid content type\"}");
  }

  @Test
  void brokenGzip_isRefused() {
    byte[] zipped = gzip(OtlpRequest.root(5, 1, "x").protobuf());
    HttpResponse<String> response =
        server.send(
            server
                .request(PATH)
                .header("Content-Type", PROTOBUF)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(java.util.Arrays.copyOf(zipped, 20))));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("{\"error\":\"Failed to decompress request body\"}");
  }

  @Test
  void oneBadSpan_refusesTheWholeRequest() {
    String body =
        OtlpRequest.root(6, 1, "good").json().replace("]}]}]}", "")
            + ",{\"traceId\":5,\"spanId\":\"x\",\"name\":\"bad\"}]}]}]}";
    HttpResponse<String> response = postJson(body.replace("]}]}],{", "]},{"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(parse(response.body()).path("error").asText()).isNotEmpty();
    assertThat(server.get("/api/public/traces/" + traceId(6)).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"5, false", "x, false", "4, true", "3, true"})
  void ingestionVersion_isChecked(String version, boolean supported) {
    HttpResponse<String> response =
        server.send(
            server
                .request(PATH)
                .header("Content-Type", JSON)
                .header("x-langfuse-ingestion-version", version)
                .POST(BodyPublishers.ofString(OtlpRequest.root(7, 1, "v").json())));

    assertThat(response.statusCode()).isEqualTo(supported ? 200 : 400);
    if (!supported) {
      assertThat(parse(response.body()).path("error").asText())
          .isEqualTo(
              "Unsupported x-langfuse-ingestion-version: \"%s\". Maximum supported: \"4\"."
                  .formatted(version));
    }
  }

  @Test
  void otherMethods_areNotAllowed() {
    HttpResponse<String> response = server.get(PATH);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(parse(response.body()))
        .isEqualTo(
            parse("{\"message\":\"Method not allowed\",\"error\":\"MethodNotAllowedError\"}"));
  }

  @Test
  void metrics_areAcceptedAndDropped() {
    HttpResponse<String> response =
        server.post("/api/public/otel/v1/metrics", PROTOBUF, new byte[] {1, 2, 3});

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"message\":\"OK\"}");
  }

  @Test
  void retriedRequest_duplicatesNothing() {
    OtlpRequest request =
        OtlpRequest.root(8, 1, "run").child(8, 2, 1, "ask").generation("gpt-4o", 10, 5);
    server.ingest(request);
    server.ingest(request);
    server.ingest(request);

    assertThat(server.json("/api/public/traces/" + traceId(8)).path("observations")).hasSize(2);
    assertThat(server.json("/api/public/observations/" + spanId(2)).path("totalTokens").asInt())
        .isEqualTo(15);
  }

  @Test
  void childSentBeforeItsRoot_endsInOneTree() {
    server.ingest(new OtlpRequest().child(9, 92, 91, "late parent"));
    server.ingest(OtlpRequest.root(9, 91, "root").attribute("user.id", "u9"));

    var trace = server.json("/api/public/traces/" + traceId(9));
    assertThat(trace.path("name").asText()).isEqualTo("root");
    assertThat(trace.path("userId").asText()).isEqualTo("u9");
    assertThat(trace.path("latency").asDouble()).isEqualTo(1.0);
    assertThat(trace.path("observations").findValuesAsText("parentObservationId"))
        .contains(spanId(91));
  }

  @Test
  void upgradeToHttp2_isAnsweredInHttp1() {
    // The JDK's client offers h2c on every cleartext request of its default version.
    HttpResponse<String> response = postJson(OtlpRequest.root(10, 1, "h2c").json());

    assertThat(response.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
    assertThat(response.statusCode()).isEqualTo(200);
  }
}
