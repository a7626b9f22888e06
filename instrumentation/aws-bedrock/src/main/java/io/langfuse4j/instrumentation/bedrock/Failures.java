package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Records what the library knows of a failure beyond the message of its exception. */
final class Failures {

  private Failures() {}

  static void fail(ModelCall call, Throwable thrown) {
    Throwable cause = ModelCall.unwrapped(thrown);
    call.fail(cause, response -> describe(response, cause));
  }

  private static void describe(ModelResponse response, Throwable thrown) {
    if (thrown instanceof AwsServiceException refused) {
      response
          .metadata("http_status", refused.statusCode())
          .metadata(
              "error_type",
              refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode())
          .metadata("request_id", refused.requestId());
    } else if (thrown instanceof SdkClientException && thrown.getCause() != null) {
      response.error(thrown.getMessage() + ": " + thrown.getCause());
    }
  }
}
