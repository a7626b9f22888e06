package io.langfuse4j.server.cli;

import java.io.IOException;
import picocli.CommandLine.Option;

/** Which server, and with which keys; the variables are those of Langfuse's SDKs. */
final class Connection {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:LANGFUSE_BASE_URL:-http://127.0.0.1:3000}",
      description = "The server (LANGFUSE_BASE_URL, default http://127.0.0.1:3000).")
  private String url = "";

  @Option(
      names = "--public-key",
      paramLabel = "KEY",
      defaultValue = "${env:LANGFUSE_PUBLIC_KEY:-pk-lf-local}",
      description = "The project's public key (LANGFUSE_PUBLIC_KEY).")
  private String publicKey = "";

  @Option(
      names = "--secret-key",
      paramLabel = "KEY",
      defaultValue = "${env:LANGFUSE_SECRET_KEY:-sk-lf-local}",
      description = "The project's secret key; better given as LANGFUSE_SECRET_KEY.")
  private String secretKey = "";

  /**
   * @throws IOException if the address is none
   */
  RemoteServer open() throws IOException {
    return new RemoteServer(url, publicKey, secretKey);
  }
}
