package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.Map;

/** Records what the library knows of a failure beyond the message of its exception. */
final class Failures {

  private Failures() {}

  static void fail(ModelCall call, Throwable thrown) {
    Throwable cause = ModelCall.unwrapped(thrown);
    call.fail(cause, response -> describe(response, cause));
  }

  private static void describe(ModelResponse response, Throwable thrown) {
    if (thrown instanceof AnthropicServiceException refused) {
      Map<String, Object> body = Json.map(refused.body());
      response
          .metadata("http_status", refused.statusCode())
          .metadata("error_type", Fields.map(body.get("error")).get("type"))
          .metadata("request_id", body.get("request_id"));
    } else if (thrown instanceof AnthropicIoException && thrown.getCause() != null) {
      // "Request failed" helps nobody.
      response.error(thrown.getMessage() + ": " + thrown.getCause());
    }
  }
}
