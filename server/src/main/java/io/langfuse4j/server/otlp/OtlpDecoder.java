package io.langfuse4j.server.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads an OTLP trace export. The stream is expected to be unzipped and limited in size already; it
 * is read to its end and not closed. Thread-safe.
 */
public final class OtlpDecoder {
  private OtlpDecoder() {}

  /**
   * @throws OtlpException if the request has to be refused
   * @throws UncheckedIOException if the stream fails
   */
  public static OtlpExport decodeProtobuf(InputStream body) throws OtlpException {
    return ProtobufRequest.decode(readFully(body));
  }

  /**
   * @throws OtlpException if the request has to be refused
   * @throws UncheckedIOException if the stream fails
   */
  public static OtlpExport decodeJson(InputStream body) throws OtlpException {
    return JsonRequest.decode(readFully(body));
  }

  private static byte[] readFully(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
