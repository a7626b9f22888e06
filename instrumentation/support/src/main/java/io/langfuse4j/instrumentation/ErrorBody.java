package io.langfuse4j.instrumentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * What a provider sent with a refusal, for libraries that make it the message of their exception.
 * Most providers send it in the form of OpenAI's.
 */
public final class ErrorBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorBody() {}

  /** Records message, type, code and parameter; leaves the response as it is if there are none. */
  public static void describe(@Nullable String body, ModelResponse response) {
    JsonNode error = error(body);
    if (error != null && error.path("message").isTextual()) {
      response
          .error(error.path("message").asText())
          .metadata("error_type", text(error, "type"))
          .metadata("error_code", text(error, "code"))
          .metadata("error_param", text(error, "param"));
    }
  }

  private static @Nullable JsonNode error(@Nullable String body) {
    try {
      return body == null ? null : JSON.readTree(body).path("error");
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode error, String field) {
    JsonNode value = error.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
