package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A key of metadata as span attributes, one for each type that OpenTelemetry tells apart. The same
 * few come with every observation, so they are kept; those of an application that makes up new ones
 * all the time are not.
 */
record MetadataKey(
    AttributeKey<String> text, AttributeKey<Long> whole, AttributeKey<Boolean> flag) {

  private static final int KEPT = 1_000;
  private static final int LONGEST = 100;
  private static final Map<String, MetadataKey> known = new ConcurrentHashMap<>();

  /** Of the key without prefix. */
  static MetadataKey of(String key) {
    MetadataKey kept = known.get(key);
    if (kept != null) {
      return kept;
    }
    MetadataKey made = made(LangfuseAttributes.OBSERVATION_METADATA_PREFIX + key);
    if (key.length() <= LONGEST && known.size() < KEPT) {
      known.put(key, made);
    }
    return made;
  }

  private static MetadataKey made(String name) {
    return new MetadataKey(
        AttributeKey.stringKey(name), AttributeKey.longKey(name), AttributeKey.booleanKey(name));
  }
}
