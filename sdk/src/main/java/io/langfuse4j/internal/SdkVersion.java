package io.langfuse4j.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this SDK, as sent in the instrumentation scope and in request headers. */
public final class SdkVersion {

  /** For example {@code 1.2.0}; {@code unknown} if the class path was repackaged without it. */
  public static final String VERSION = read();

  private SdkVersion() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = SdkVersion.class.getResourceAsStream("/io/langfuse4j/sdk.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A version that cannot be read must not stop an application.
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
