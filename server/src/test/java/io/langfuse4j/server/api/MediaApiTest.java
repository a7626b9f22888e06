package io.langfuse4j.server.api;

import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaApiTest {
  private static final String MEDIA = "/api/public/media";
  private static final String CONTENT = "0123456789";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String hash(String content) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
  }

  private JsonNode announce(String content, String type) throws Exception {
    return server.send(
        201,
        "POST",
        MEDIA,
        "{'traceId':'t','contentType':'%s','contentLength':%d,'sha256Hash':'%s','field':'input'}"
            .formatted(type, content.length(), hash(content)));
  }

  private HttpResponse<String> put(JsonNode announced, String type, String content) {
    return server.send(
        server
            .request(path(announced.get("uploadUrl").asText()))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofString(content)));
  }

  private String path(String url) {
    assertThat(url).startsWith(server.url());
    return url.substring(server.url().length());
  }

  @Test
  void file_isAnnouncedUploadedAndRead() throws Exception {
    JsonNode announced = announce(CONTENT, "text/plain");
    String id = announced.get("mediaId").asText();
    assertThat(id).isEqualTo(hash(CONTENT).replace('+', '-').replace('/', '_').substring(0, 22));
    HttpResponse<String> early = server.get(MEDIA + "/" + id);
    assertThat(early.statusCode()).isEqualTo(404);
    assertThat(parse(early.body()))
        .isEqualTo(lenient("{'message':'Media not yet uploaded','error':'LangfuseNotFoundError'}"));

    assertThat(put(announced, "text/plain", CONTENT).statusCode()).isEqualTo(200);
    assertThat(
            server.send(
                200,
                "PATCH",
                MEDIA + "/" + id,
                "{'uploadedAt':'2026-11-21T10:00:00Z','uploadHttpStatus':200}"))
        .isEqualTo(lenient("{'message':'OK'}"));

    JsonNode media = server.json(MEDIA + "/" + id);
    OpenApiTest.DESCRIBED.checkAnswer("get", MEDIA + "/{mediaId}", media);
    assertThat(media.get("contentType").asText()).isEqualTo("text/plain");
    assertThat(media.get("contentLength").asInt()).isEqualTo(10);
    assertThat(media.get("uploadedAt").asText()).endsWith("Z");
    HttpResponse<String> content = server.get(path(media.get("url").asText()));
    assertThat(content.body()).isEqualTo(CONTENT);
    assertThat(content.headers().firstValue("content-type")).contains("text/plain");
    assertThat(content.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(content.headers().firstValue("content-security-policy"))
        .contains("sandbox; default-src 'none'");

    assertThat(announce(CONTENT, "text/plain").get("uploadUrl").isNull()).isTrue();
    assertThat(announce(CONTENT, "text/csv").get("uploadUrl").isNull()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3|206|0123|bytes 0-3/10",
        "bytes=7-|206|789|bytes 7-9/10",
        "bytes=-2|206|89|bytes 8-9/10",
        "bytes=8-100|206|89|bytes 8-9/10",
        "bytes=10-|416||bytes */10",
        "apples=0-3|200|0123456789|"
      })
  void content_inRanges(String range, int status, String body, String contentRange)
      throws Exception {
    JsonNode announced = announce(CONTENT, "text/plain");
    put(announced, "text/plain", CONTENT);
    String url = server.json(MEDIA + "/" + announced.get("mediaId").asText()).get("url").asText();

    HttpResponse<String> response = server.send(server.request(path(url)).header("Range", range));

    assertThat(response.statusCode()).isEqualTo(status);
    if (status != 416) {
      assertThat(response.body()).isEqualTo(body);
    }
    assertThat(response.headers().firstValue("content-range").orElse(null)).isEqualTo(contentRange);
  }

  @RepeatedTest(20)
  void upload_thatNobodyAnnounced_isToldSoThoughItIsLarge() {
    HttpResponse<String> refused =
        server.send("PUT", MEDIA + "/none/content", "x".repeat(4 * 1024 * 1024));

    assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 499);
  }

  @Test
  void upload_ofOtherBytes_isRefusedAndNotKept() throws Exception {
    JsonNode announced = announce(CONTENT, "text/plain");

    assertThat(put(announced, "text/plain", "0123456780").statusCode()).isEqualTo(400);
    assertThat(put(announced, "text/plain", "0123").statusCode()).isEqualTo(400);
    assertThat(put(announced, "text/html", CONTENT).statusCode()).isEqualTo(400);

    assertThat(server.get(MEDIA + "/" + announced.get("mediaId").asText()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void link_forgedOrOfAnotherUse_isRefused() throws Exception {
    JsonNode announced = announce(CONTENT, "text/plain");
    String upload = path(announced.get("uploadUrl").asText());

    assertThat(server.get(upload).statusCode()).isEqualTo(403);
    for (String forged :
        new String[] {
          upload.replaceAll("signature=.*", "signature="),
          upload.replaceAll("signature=.*", "signature=AAAA"),
          upload.replaceAll("&signature=.*", ""),
          upload.replaceAll("expires=\\d+", "expires=99999999999999"),
          upload.replaceAll("expires=\\d+", "expires=apples"),
          upload.replaceAll("project=\\w+", "project=other")
        }) {
      assertThat(
              server
                  .send(server.request(forged).PUT(BodyPublishers.ofString(CONTENT)))
                  .statusCode())
          .as(forged)
          .isEqualTo(403);
    }
  }

  @Test
  void markup_isOfferedForSaving() throws Exception {
    String svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    JsonNode announced = announce(svg, "image/svg+xml");
    put(announced, "image/svg+xml", svg);
    String url = server.json(MEDIA + "/" + announced.get("mediaId").asText()).get("url").asText();

    assertThat(server.get(path(url)).headers().firstValue("content-disposition"))
        .contains("attachment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{};contentType",
        "{'traceId':'t','contentType':'apple/pie','contentLength':1,'sha256Hash':'x','field':'input'};Invalid"
            + " content type",
        "{'traceId':'t','contentType':'image/png','contentLength':0,'sha256Hash':'x','field':'input'};at"
            + " least 1",
        "{'traceId':'t','contentType':'image/png','contentLength':1000000001,'sha256Hash':'x','field':'input'};at"
            + " most",
        "{'traceId':'t','contentType':'image/png','contentLength':1,'sha256Hash':'../../etc/passwd','field':'input'};44"
            + " character",
        "{'traceId':'t','contentType':'image/png','contentLength':1,'sha256Hash':'x','field':'apples'};input,"
            + " output and metadata",
        "{'contentType':'image/png','contentLength':1,'sha256Hash':'x','field':'input'};Expected a"
            + " trace"
      })
  void announcement_invalid_isRefused(String body, String reason) {
    HttpResponse<String> response = server.send("POST", MEDIA, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({"..%2F..%2Flangfuse4j.db", "%2e%2e", "none"})
  void id_thatNobodyAnnounced_isNotFound(String id) {
    assertThat(server.get(MEDIA + "/" + id).statusCode()).isEqualTo(404);
    assertThat(server.get(MEDIA + "/" + id + "/content").statusCode()).isEqualTo(403);
  }

  @Test
  void itemOfADataset_saysWhereItsFilesStandAndWhereTheyAre() throws Exception {
    JsonNode announced =
        server.send(
            201,
            "POST",
            MEDIA,
            "{'datasetItemId':'i-1','contentType':'text/plain','contentLength':%d,"
                    .formatted(CONTENT.length())
                + "'sha256Hash':'%s','field':'expectedOutput'}".formatted(hash(CONTENT)));
    put(announced, "text/plain", CONTENT);
    String id = announced.get("mediaId").asText();
    String known = "@@@langfuseMedia:type=text/plain|id=" + id + "|source=bytes@@@";
    String unknown = "@@@langfuseMedia:type=text/plain|id=aaaaaaaaaaaaaaaaaaaaaa|source=bytes@@@";
    server.send(200, "POST", "/api/public/v2/datasets", "{'name':'files'}");

    JsonNode item =
        server.send(
            200,
            "POST",
            "/api/public/dataset-items",
            "{'datasetName':'files','id':'i-1','input':'%s','metadata':'see %s',"
                    .formatted(unknown, known)
                + "'expectedOutput':{'a b':[1,{'c.d':'%s'}]}}".formatted(known));

    JsonNode references = item.get("mediaReferences");
    assertThat(references).hasSize(2);
    assertThat(references.get(0))
        .isEqualTo(
            lenient(
                "{'field':'input','referenceString':'%s','jsonPath':'$','media':null}"
                    .formatted(unknown)));
    assertThat(references.get(1).get("field").asText()).isEqualTo("expectedOutput");
    assertThat(references.get(1).get("jsonPath").asText()).isEqualTo("$['a b'][1]['c.d']");
    JsonNode media = references.get(1).get("media");
    assertThat(media.get("mediaId").asText()).isEqualTo(id);
    assertThat(media.get("contentType").asText()).isEqualTo("text/plain");
    assertThat(media.get("contentLength").asInt()).isEqualTo(CONTENT.length());
    assertThat(server.get(path(media.get("url").asText())).body()).isEqualTo(CONTENT);
    assertThat(parse(server.get("/api/public/dataset-items/i-1").body()).get("mediaReferences"))
        .hasSize(2);
  }
}
