package io.langfuse4j.internal.http;

import io.langfuse4j.api.ApiResponse;
import io.langfuse4j.api.Transport;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's requests on the SDK's HTTP client. Thread-safe. */
public final class HttpTransport implements Transport {

  private final LangfuseHttp http;

  public HttpTransport(LangfuseHttp http) {
    this.http = http;
  }

  @Override
  public ApiResponse send(
      String method, String path, byte @Nullable [] body, @Nullable Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        http.request(http.resolve(path))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    if (timeout != null) {
      request.timeout(timeout);
    }
    HttpResponse<byte[]> response = http.send(request.build());
    Map<String, String> headers = new HashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    return new ApiResponse(
        response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
  }
}
