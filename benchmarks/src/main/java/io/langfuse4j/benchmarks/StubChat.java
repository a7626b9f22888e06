package io.langfuse4j.benchmarks;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * OpenAI's chat service without a network: encodes each request as a connection would, throws the
 * bytes away, and answers with the same chat completion, whole or as server-sent events.
 */
final class StubChat implements HttpClient {

  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"created\":1763700000,\"model\":\"gpt-4o-2024-08-06\","
          + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",\"object\":";
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":612,\"completion_tokens\":233,\"total_tokens\":845,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
          + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";

  private final byte[] answer;
  private final Headers headers;

  private StubChat(String contentType, String answer) {
    this.answer = answer.getBytes(StandardCharsets.UTF_8);
    this.headers =
        Headers.builder().put("Content-Type", contentType).put("x-request-id", "req_1").build();
  }

  /** Answers in one piece. */
  static StubChat whole(String text) {
    return new StubChat(
        "application/json",
        HEAD
            + "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\""
            + escaped(text)
            + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
            + "\"finish_reason\":\"stop\"}],"
            + USAGE
            + "}");
  }

  /** Answers in {@code pieces} chunks of text, and one each for the role, the end and the usage. */
  static StubChat streamed(String text, int pieces) {
    StringBuilder events = new StringBuilder();
    event(events, choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
    for (int i = 0; i < pieces; i++) {
      String piece = text.substring(text.length() * i / pieces, text.length() * (i + 1) / pieces);
      event(events, choice("{\"content\":\"" + escaped(piece) + "\"}", "null"));
    }
    event(events, choice("{}", "\"stop\""));
    event(events, "\"choices\":[]," + USAGE);
    return new StubChat("text/event-stream", events.append("data: [DONE]\n\n").toString());
  }

  private static String choice(String delta, String finishReason) {
    return "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + finishReason
        + "}],\"usage\":null";
  }

  private static void event(StringBuilder events, String rest) {
    events.append("data: ").append(HEAD).append("\"chat.completion.chunk\",");
    events.append(rest).append("}\n\n");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    try (HttpRequestBody body = request.body()) {
      if (body != null) {
        body.writeTo(OutputStream.nullOutputStream());
      }
    }
    return new Response(headers, new ByteArrayInputStream(answer));
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return CompletableFuture.completedFuture(execute(request, options));
  }

  @Override
  public void close() {}

  private record Response(Headers headers, InputStream body) implements HttpResponse {

    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public void close() {}
  }
}
