package io.langfuse4j.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, complete. The body is handed over, not copied: nobody changes it afterwards. */
public final class Response {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  public static Response json(int status, byte[] body) {
    return of(status, JSON, body);
  }

  public static Response json(int status, Object body) {
    try {
      return json(status, MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code {"message":…,"error":…}}. */
  public static Response error(int status, String message, String error) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("message", message);
    body.put("error", error);
    return json(status, body);
  }

  /** 204: done, and nothing to say. */
  public static Response noContent() {
    return new Response(204, Map.of(), new byte[0]);
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body);
  }

  public Response header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  public int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
