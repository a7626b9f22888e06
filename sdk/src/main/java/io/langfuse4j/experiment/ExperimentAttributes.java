package io.langfuse4j.experiment;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.langfuse4j.internal.propagation.AttributeRules;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes by which a server knows what belongs to an experiment. */
final class ExperimentAttributes {

  static final AttributeKey<String> DESCRIPTION = stringKey("langfuse.experiment.description");
  static final AttributeKey<String> EXPECTED_OUTPUT =
      stringKey("langfuse.experiment.item.expected_output");

  private static final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);

  private ExperimentAttributes() {}

  /**
   * What every observation of an item has.
   *
   * @param rootId of the observation of the task
   */
  static Attributes of(
      String experimentId,
      ExperimentSpec spec,
      String itemId,
      @Nullable String datasetId,
      Map<String, ? extends @Nullable Object> itemMetadata,
      String rootId) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(LangfuseAttributes.ENVIRONMENT, LangfuseAttributes.EXPERIMENT_ENVIRONMENT);
    put(attributes, LangfuseAttributes.EXPERIMENT_ID, experimentId);
    put(attributes, LangfuseAttributes.EXPERIMENT_NAME, spec.runName());
    put(attributes, LangfuseAttributes.EXPERIMENT_DATASET_ID, datasetId);
    put(attributes, LangfuseAttributes.EXPERIMENT_ITEM_ID, itemId);
    put(attributes, LangfuseAttributes.EXPERIMENT_ROOT_ID, rootId);
    flatten(attributes, LangfuseAttributes.EXPERIMENT_METADATA_PREFIX, spec.metadata());
    flatten(attributes, LangfuseAttributes.EXPERIMENT_ITEM_METADATA_PREFIX, itemMetadata);
    return attributes.build();
  }

  private static void put(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
    String accepted = AttributeRules.text(key.getKey(), value);
    if (accepted != null) {
      attributes.put(key, accepted);
    }
  }

  /** Maps become paths with dots; everything else is a text. */
  private static void flatten(AttributesBuilder attributes, String prefix, Map<?, ?> metadata) {
    metadata.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(attributes, prefix + key + ".", inner);
          } else {
            put(attributes, stringKey(prefix + key), encoder.encode(value));
          }
        });
  }

  /** Any value as an attribute shows it; null for null. */
  static @Nullable String text(@Nullable Object value) {
    return encoder.encode(value);
  }

  /** Of an item that is in no dataset: the same for the same input. */
  static String itemId(@Nullable Object input) {
    try {
      String text = input == null ? "null" : String.valueOf(encoder.encode(input));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
