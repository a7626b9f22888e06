package io.langfuse4j.instrumentation.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import org.jspecify.annotations.Nullable;

/** Records what the library knows of a failure beyond the message of its exception. */
final class Failures {

  private static final int DEPTH = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Failures() {}

  static void fail(ModelCall call, Throwable thrown) {
    call.fail(thrown, response -> describe(response, thrown));
  }

  /** LangChain4j wraps the answer of the provider, once or twice. */
  private static void describe(ModelResponse response, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEPTH; depth++) {
      if (cause instanceof HttpException refused) {
        response.metadata("http_status", refused.statusCode());
        describe(response, refused.getMessage());
        return;
      }
      cause = cause.getCause();
    }
  }

  /** The message is what the provider sent, which most of them send in the form of OpenAI's. */
  private static void describe(ModelResponse response, @Nullable String body) {
    try {
      JsonNode error = JSON.readTree(body == null ? "" : body).path("error");
      if (error.path("message").isTextual()) {
        response
            .error(error.path("message").asText())
            .metadata("error_type", text(error, "type"))
            .metadata("error_code", text(error, "code"))
            .metadata("error_param", text(error, "param"));
      }
    } catch (JsonProcessingException notJson) {
      // Then the message of the exception has to do.
    }
  }

  private static @Nullable String text(JsonNode error, String field) {
    JsonNode value = error.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
