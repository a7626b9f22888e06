package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.exception.HttpException;
import io.langfuse4j.instrumentation.ErrorBody;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;

/** Records what the library knows of a failure beyond the message of its exception. */
final class Failures {

  private static final int DEPTH = 10;

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
        ErrorBody.describe(refused.getMessage(), response);
        return;
      }
      cause = cause.getCause();
    }
  }
}
