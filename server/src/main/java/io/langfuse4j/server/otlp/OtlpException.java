package io.langfuse4j.server.otlp;

import org.jspecify.annotations.Nullable;

/**
 * The whole request is refused. The message is what the sender is told, with status 400; it quotes
 * nothing from the request.
 */
public final class OtlpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OtlpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static OtlpException badProtobuf(Throwable cause) {
    return new OtlpException("Failed to parse OTel Protobuf Trace", cause);
  }

  static OtlpException badJson(@Nullable Throwable cause) {
    return new OtlpException("Failed to parse OTel JSON Trace", cause);
  }

  static OtlpException unusable(String reasons) {
    return new OtlpException("Invalid OTLP trace export: " + reasons, null);
  }
}
