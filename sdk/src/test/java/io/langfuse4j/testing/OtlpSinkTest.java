package io.langfuse4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OtlpSinkTest {

  private static HttpResponse<String> send(OtlpSink sink, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(sink.url() + "/api/public/otel/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsNotProtobuf_isRefused() throws Exception {
    try (OtlpSink sink = new OtlpSink()) {
      assertThat(send(sink, "garbage").statusCode()).isEqualTo(400);
      assertThat(sink.spans()).isEmpty();
    }
  }

  @Test
  void anErrorInside_isAnsweredToo() throws Exception {
    try (OtlpSink sink = new OtlpSink()) {
      sink.answeringRequests(
          request -> {
            throw new NoSuchMethodError("of another Protobuf");
          });

      HttpResponse<String> answer = send(sink, "");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("NoSuchMethodError");
    }
  }
}
