package io.langfuse4j.instrumentation.openai;

import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import org.jspecify.annotations.Nullable;

/** Records what the library knows of a failure beyond the message of its exception. */
final class Failures {

  private Failures() {}

  static void fail(ModelCall call, Throwable thrown) {
    Throwable cause = ModelCall.unwrapped(thrown);
    call.fail(cause, response -> describe(response, cause));
  }

  private static void describe(ModelResponse response, Throwable thrown) {
    if (thrown instanceof OpenAIServiceException refused) {
      response
          .metadata("http_status", refused.statusCode())
          .metadata("error_type", refused.type().orElse(null))
          .metadata("error_code", refused.code().orElse(null))
          .metadata("error_param", refused.param().orElse(null))
          .metadata("request_id", first(refused, "x-request-id"));
    } else if (thrown instanceof OpenAIIoException && thrown.getCause() != null) {
      // "Request failed" helps nobody.
      response.error(thrown.getMessage() + ": " + thrown.getCause());
    }
  }

  private static @Nullable String first(OpenAIServiceException refused, String header) {
    return refused.headers().values(header).stream().findFirst().orElse(null);
  }
}
