package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this API for machines; a test compares it with the routes. */
final class OpenApi {
  private static final String FILE = "openapi.json";

  private OpenApi() {}

  static Response get(Request request) {
    return Response.json(200, read());
  }

  static byte[] read() {
    try (InputStream stream = OpenApi.class.getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
