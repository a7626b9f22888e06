package io.langfuse4j.server.otlp;

/**
 * The whole request is refused. The message is what the sender is told, with status 400; it quotes
 * nothing from the request.
 */
public final class OtlpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OtlpException(String message, Throwable cause) {
    super(message, cause);
  }

  private OtlpException(String message) {
    super(message);
  }

  static OtlpException badProtobuf(Throwable cause) {
    return new OtlpException("Failed to parse OTel Protobuf Trace", cause);
  }

  static OtlpException badJson(Throwable cause) {
    return new OtlpException("Failed to parse OTel JSON Trace", cause);
  }

  static OtlpException unusable(String reasons) {
    return new OtlpException("Invalid OTLP trace export: " + reasons);
  }
}
