package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The experiment run that a span belongs to. */
final class Experiments {
  private static final String PREFIX = "langfuse.experiment.";

  private Experiments() {}

  /** Null for the many spans that belong to none. */
  static @Nullable Experiment of(OtlpSpan span) {
    Attributes attributes = span.attributes();
    if (attributes.keys().stream().noneMatch(key -> key.startsWith(PREFIX))) {
      return null;
    }
    return new Experiment(
        attributes.text(PREFIX + "id"),
        attributes.text(PREFIX + "name"),
        attributes.text(PREFIX + "description"),
        metadata(attributes, PREFIX + "metadata"),
        attributes.text(PREFIX + "dataset.id"),
        attributes.text(PREFIX + "item.id"),
        Dates.parse(attributes.text(PREFIX + "item.version")),
        attributes.text(PREFIX + "item.expected_output"),
        metadata(attributes, PREFIX + "item.metadata"),
        attributes.text(PREFIX + "item.root_observation_id"));
  }

  private static Map<String, String> metadata(Attributes attributes, String key) {
    Map<String, String> result = new LinkedHashMap<>();
    JsonNode object = Json.object(attributes.get(key));
    if (object != null) {
      result.putAll(DotPaths.flatten(object));
    }
    for (Map.Entry<String, JsonNode> attribute : attributes.entries()) {
      if (DottedKeys.isBelow(attribute.getKey(), key)) {
        result.put(attribute.getKey().substring(key.length() + 1), Json.text(attribute.getValue()));
      }
    }
    return result;
  }
}
