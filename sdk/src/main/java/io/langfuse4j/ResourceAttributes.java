package io.langfuse4j;

import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The resource variables of the OpenTelemetry specification, which only the autoconfigure module
 * reads otherwise.
 */
final class ResourceAttributes {

  private ResourceAttributes() {}

  static void addFromEnvironment(AttributesBuilder attributes) {
    addAll(attributes, find("OTEL_RESOURCE_ATTRIBUTES", "otel.resource.attributes"));
    String serviceName = find("OTEL_SERVICE_NAME", "otel.service.name");
    if (serviceName != null) {
      attributes.put("service.name", serviceName);
    }
  }

  private static @Nullable String find(String variable, String property) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null || value.isBlank() ? null : value;
  }

  /** {@code key=value,key=value}, values percent-encoded; a pair that is malformed is left out. */
  private static void addAll(AttributesBuilder attributes, @Nullable String pairs) {
    if (pairs == null) {
      return;
    }
    for (String pair : pairs.split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = decoded(pair.substring(equals + 1).strip());
        if (value != null) {
          attributes.put(pair.substring(0, equals).strip(), value);
        }
      }
    }
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
