package io.langfuse4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server in an application whose class path has another version of something that it needs. */
class BrokenLibraryTest {

  private HttpServer server;

  @BeforeEach
  void start() {
    Handler.Blocking broken =
        request -> {
          throw new NoSuchMethodError("of another Protobuf");
        };
    server =
        new HttpServer(
            HttpServer.workers(),
            "127.0.0.1",
            0,
            List.of(Route.get("/broken", Access.OPEN, broken)),
            (access, authorization) -> "project",
            SignIns.inMemory(Clock.systemUTC()),
            false,
            new MemoryBudget(1 << 20),
            new HttpServer.Limits(1 << 20, 100, Duration.ofSeconds(10), Duration.ofSeconds(5)),
            "test",
            request -> {});
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ofSeconds(1));
  }

  @Test
  void request_thatCannotBeLinked_isAnswered() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/broken"))
            .timeout(Duration.ofSeconds(20))
            .build();

    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(500);
  }
}
