package io.langfuse4j.conformance.services;

import io.langfuse4j.testing.OtlpSink;
import java.util.HashMap;
import java.util.Map;

/** What an application's configuration file says: where its traces go, to us and elsewhere. */
final class Properties {

  private Properties() {}

  static Map<String, String> of(OtlpSink langfuse, OtlpSink others) {
    Map<String, String> properties = new HashMap<>();
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("spring.main.banner-mode", "off");
    properties.put("langfuse.public-key", "pk");
    properties.put("langfuse.secret-key", "sk");
    properties.put("langfuse.base-url", langfuse.url());
    properties.put("langfuse.flush-interval", "20ms");
    properties.put("management.tracing.sampling.probability", "1.0");
    properties.put("management.otlp.metrics.export.enabled", "false");
    // Boot 3 and Boot 4.
    properties.put("management.otlp.tracing.endpoint", others.url() + "/v1/traces");
    properties.put("management.tracing.opentelemetry.export.schedule-delay", "20ms");
    properties.put(
        "management.opentelemetry.tracing.export.otlp.endpoint", others.url() + "/v1/traces");
    properties.put("management.opentelemetry.tracing.export.schedule-delay", "20ms");
    return properties;
  }
}
