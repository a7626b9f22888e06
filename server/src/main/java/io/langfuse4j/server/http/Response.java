package io.langfuse4j.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An answer: complete, or with a stream that is read while it is sent. The body is handed over, not
 * copied: nobody changes it afterwards.
 */
public final class Response {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Stream stream;

  private Response(int status, Map<String, String> headers, byte[] body, @Nullable Stream stream) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.stream = stream;
  }

  /**
   * What is read while it is sent.
   *
   * @param source closed by whoever sends it
   * @param length how many bytes it has, at least
   * @param reading where to wait for them
   */
  record Stream(InputStream source, long length, Executor reading) {}

  /**
   * A body too large to be held.
   *
   * @param source is closed when it is sent, or cannot be
   * @param length how many of its bytes to send
   * @param reading where it is read
   */
  public static Response streaming(
      int status, String contentType, InputStream source, long length, Executor reading) {
    return new Response(
        status,
        Map.of("Content-Type", contentType),
        new byte[0],
        new Stream(source, length, reading));
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
    return new Response(204, Map.of(), new byte[0], null);
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body, null);
  }

  public Response header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body, stream);
  }

  public int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Nullable Stream stream() {
    return stream;
  }

  byte[] body() {
    return body;
  }
}
