package io.langfuse4j.server.api;

import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers beside one another, each of which has the same file. */
class MediaLinksTest {
  private static final String FILE =
      "{\"traceId\":\"t\",\"contentType\":\"text/plain\",\"contentLength\":5,\"field\":\"input\","
          + "\"sha256Hash\":\"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=\"}";

  @TempDir private Path folder;

  private TestServer start(String name, boolean keys, String secret) {
    return TestServer.start(
        folder.resolve(name),
        builder -> builder.requireKeys(keys).project(new Project("p", "P", "pk", secret)));
  }

  private static HttpResponse<String> send(
      TestServer server, String secret, String method, String path, String body) {
    String pair =
        Base64.getEncoder().encodeToString(("pk:" + secret).getBytes(StandardCharsets.UTF_8));
    return server.send(
        server
            .request(path)
            .header("Authorization", "Basic " + pair)
            .method(method, BodyPublishers.ofString(body)));
  }

  /** Uploads the file if it is not there, and gives the address to get it from. */
  private static String download(TestServer server, String secret) {
    JsonNode announced = parse(send(server, secret, "POST", "/api/public/media", FILE).body());
    String upload = announced.get("uploadUrl").textValue();
    if (upload != null) {
      assertThat(send(server, secret, "PUT", local(upload), "hello").statusCode()).isEqualTo(200);
    }
    String path = "/api/public/media/" + announced.get("mediaId").asText();
    return local(parse(send(server, secret, "GET", path, "").body()).get("url").asText());
  }

  private static String local(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Test
  void link_isGoodAtEveryServerWithTheSameSecret() {
    try (TestServer one = start("one", true, "sk-shared");
        TestServer two = start("two", true, "sk-shared")) {
      String ofOne = download(one, "sk-shared");
      download(two, "sk-shared");

      assertThat(two.get(ofOne).body()).isEqualTo("hello");
      assertThat(two.get(ofOne + "x").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void link_ofAnotherSecret_isRefused() {
    try (TestServer one = start("one", true, "sk-one");
        TestServer two = start("two", true, "sk-two")) {
      String ofOne = download(one, "sk-one");
      download(two, "sk-two");

      assertThat(two.get(ofOne).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void link_whereSecretsAreNoSecrets_isGoodInItsProcessOnly() {
    try (TestServer one = start("one", false, "sk-shared");
        TestServer two = start("two", false, "sk-shared")) {
      String ofOne = download(one, "sk-shared");
      download(two, "sk-shared");

      assertThat(two.get(ofOne).statusCode()).isEqualTo(403);
      assertThat(one.get(ofOne).body()).isEqualTo("hello");
    }
  }
}
