package io.langfuse4j.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.api.ApiResponse;
import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Langfuse API that answers as a test says, without a network, and remembers what was asked. */
public final class ScriptedServer implements Transport {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request; the body is null where there was none. */
  public record Request(String method, String path, Object body, Duration timeout) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Answers a request, or throws as a network would. */
  public interface Script {
    ApiResponse answer(Request request) throws IOException, InterruptedException;
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script script;

  public ScriptedServer(Script script) {
    this.script = script;
  }

  public ScriptedServer answering(Script next) {
    this.script = next;
    return this;
  }

  /** An answer with a JSON body. */
  public static ApiResponse json(int status, Object body) {
    try {
      return new ApiResponse(status, Map.of(), JSON.writeValueAsString(body));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A refusal as the server words it, which asks for no pause before the next attempt. */
  public static ApiResponse refusal(int status, String message) {
    ApiResponse answer = json(status, Map.of("message", message, "error", "SomeError"));
    return new ApiResponse(status, Map.of("Retry-After", "0"), answer.body());
  }

  public LangfuseApi api() {
    return new LangfuseApi(this);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests as {@code GET /path}. */
  public List<String> lines() {
    return requests.stream().map(Request::toString).toList();
  }

  @Override
  public ApiResponse send(String method, String path, byte[] body, Duration timeout)
      throws IOException, InterruptedException {
    Object json =
        body == null
            ? null
            : JSON.readValue(new String(body, StandardCharsets.UTF_8), Object.class);
    Request request = new Request(method, path, json, timeout);
    requests.add(request);
    return script.answer(request);
  }
}
