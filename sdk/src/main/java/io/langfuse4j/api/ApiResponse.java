package io.langfuse4j.api;

import io.langfuse4j.internal.json.PlainJson;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came. Immutable.
 *
 * @param headers the first value of each, by name in lower case
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {

  public ApiResponse {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /** The value of a header, however it is capitalised; null if there is none. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The body as maps, lists, strings, numbers, booleans; null for an empty one.
   *
   * @throws IOException if it is not JSON
   */
  public @Nullable Object json() throws IOException {
    return body.isBlank() ? null : PlainJson.read(body);
  }
}
