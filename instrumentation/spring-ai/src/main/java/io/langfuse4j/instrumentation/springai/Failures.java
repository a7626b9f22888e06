package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.Accessors;
import io.langfuse4j.instrumentation.ErrorBody;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records what is known of a failure beyond the message of its exception. */
final class Failures {

  private static final int DEPTH = 10;
  private static final Pattern STATUS_AND_BODY =
      Pattern.compile("(?:HTTP )?([45]\\d\\d) - (.*)", Pattern.DOTALL);

  private Failures() {}

  static void fail(ModelCall call, Throwable thrown) {
    call.fail(thrown, response -> describe(response, thrown));
  }

  /**
   * The status is in an exception of openai-java or of Spring's web clients, either of which an
   * application has or has not; else in the message, where Spring AI puts it first.
   */
  private static void describe(ModelResponse response, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEPTH; depth++) {
      Matcher message = STATUS_AND_BODY.matcher(String.valueOf(cause.getMessage()));
      if (message.matches()) {
        response.metadata("http_status", Integer.valueOf(message.group(1)));
        ErrorBody.describe(message.group(2), response);
        return;
      }
      Integer status = status(cause);
      if (status != null) {
        response
            .metadata("http_status", status)
            .metadata("error_type", text(cause, "type"))
            .metadata("error_code", text(cause, "code"))
            .metadata("error_param", text(cause, "param"));
        return;
      }
      if (cause != thrown && cause instanceof IOException) {
        // "Request failed" helps nobody.
        response.error(thrown.getMessage() + ": " + cause);
        return;
      }
      cause = cause.getCause();
    }
  }

  private static @Nullable Integer status(Throwable thrown) {
    Object status = Accessors.read(thrown, "statusCode");
    if (status == null) {
      status = Accessors.read(Accessors.read(thrown, "getStatusCode"), "value");
    }
    return status instanceof Integer code ? code : null;
  }

  private static @Nullable Object text(Throwable thrown, String accessor) {
    return Accessors.read(thrown, accessor) instanceof Optional<?> text
        ? text.filter(String.class::isInstance).orElse(null)
        : null;
  }
}
