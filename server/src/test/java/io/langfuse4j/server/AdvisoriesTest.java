package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdvisoriesTest {
  private static final List<String> PURLS =
      List.of("pkg:maven/org.example/good@1.0", "pkg:npm/bad@2.1.0");

  private final List<String> asked = new ArrayList<>();
  private HttpServer feed;
  private Advisories advisories;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    feed = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    feed.createContext(
        "/v1/querybatch",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    feed.start();
    advisories =
        new Advisories(URI.create("http://127.0.0.1:" + feed.getAddress().getPort() + "/"));
  }

  @AfterEach
  void stop() {
    feed.stop(0);
  }

  @Test
  void packages_areAskedForAtOnce_andKnownOnesNamed() throws Exception {
    answer =
        "{\"results\":[{},{\"vulns\":[{\"id\":\"GHSA-1\",\"modified\":\"2026-01-01T00:00:00Z\"},"
            + "{\"id\":\"GHSA-2\",\"modified\":\"2026-01-01T00:00:00Z\"}]}]}";

    assertThat(advisories.of(PURLS))
        .isEqualTo(Map.of("pkg:npm/bad@2.1.0", List.of("GHSA-1", "GHSA-2")));
    assertThat(asked)
        .containsExactly(
            "{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/org.example/good@1.0\"}},"
                + "{\"package\":{\"purl\":\"pkg:npm/bad@2.1.0\"}}]}");
  }

  @Test
  void feedThatDoesNotAnswerTheQuestion_isNoGoodNews() {
    answer = "{\"results\":[{}]}";
    assertThatIOException()
        .isThrownBy(() -> advisories.of(PURLS))
        .withMessageContaining("answered 1 of 2");

    status = 503;
    assertThatIOException()
        .isThrownBy(() -> advisories.of(PURLS))
        .withMessageContaining("answered with 503");
  }
}
