package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.ClientOptions;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Switches the spans off that newer versions of the client make themselves. */
final class NativeSpans {

  private static final Logger logger = Logger.getLogger(NativeSpans.class.getName());

  private NativeSpans() {}

  /**
   * A client that differs from {@code client} in nothing else; {@code client} itself if its version
   * makes no spans. By reflection, because older versions have neither method.
   */
  static <T> T off(Class<T> type, T client) {
    try {
      Method openTelemetry = ClientOptions.Builder.class.getMethod("openTelemetry", boolean.class);
      Consumer<ClientOptions.Builder> change = options -> set(openTelemetry, options);
      return type.cast(type.getMethod("withOptions", Consumer.class).invoke(client, change));
    } catch (NoSuchMethodException e) {
      return client;
    } catch (ReflectiveOperationException | RuntimeException e) {
      logger.log(
          Level.WARNING,
          "The OpenTelemetry spans of the Anthropic client could not be switched off. Calls may"
              + " appear twice; keepNativeSpans(true) stops this message.",
          e);
      return client;
    }
  }

  private static void set(Method openTelemetry, ClientOptions.Builder options) {
    try {
      openTelemetry.invoke(options, false);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
