package io.langfuse4j.internal.autoconfigure;

import io.langfuse4j.LangfuseSpanProcessor;
import io.langfuse4j.internal.config.Setting;
import io.langfuse4j.internal.config.Settings;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Adds a {@link LangfuseSpanProcessor} to the tracer provider that OpenTelemetry configures, beside
 * whatever else it exports to. Only where keys or an address of a server are configured, and not
 * where {@code otel.langfuse.enabled} is false. Settings may be in OpenTelemetry's own sources too,
 * such as the agent's configuration file.
 */
public final class SpanProcessorCustomizer implements AutoConfigurationCustomizerProvider {

  private static final Logger logger = Logger.getLogger(SpanProcessorCustomizer.class.getName());

  @Override
  public void customize(AutoConfigurationCustomizer autoConfiguration) {
    autoConfiguration.addTracerProviderCustomizer(SpanProcessorCustomizer::addProcessor);
  }

  private static SdkTracerProviderBuilder addProcessor(
      SdkTracerProviderBuilder provider, ConfigProperties config) {
    if (!isWanted(config)) {
      return provider;
    }
    try {
      return provider.addSpanProcessor(
          LangfuseSpanProcessor.builder().properties(settings(config)).build());
    } catch (RuntimeException | LinkageError e) {
      logger.log(Level.WARNING, "Langfuse: no traces are sent: " + e, e);
      return provider;
    }
  }

  private static boolean isWanted(ConfigProperties config) {
    boolean configured =
        isSet(config, Settings.PUBLIC_KEY)
            || isSet(config, Settings.SECRET_KEY)
            || isSet(config, Settings.BASE_URL);
    return configured && config.getBoolean("otel.langfuse.enabled", true);
  }

  private static boolean isSet(ConfigProperties config, Setting<?> setting) {
    if (config.getString(setting.property()) != null) {
      return true;
    }
    return setting.aliases().stream()
        .anyMatch(alias -> config.getString(Setting.property(alias)) != null);
  }

  private static Map<String, String> settings(ConfigProperties config) {
    Map<String, String> settings = new HashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      String value = config.getString(setting.property());
      if (value != null) {
        settings.put(setting.property(), value);
      }
    }
    return settings;
  }
}
