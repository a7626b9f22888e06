package io.langfuse4j.internal.propagation;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.BaggageEntry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The baggage entries that the official SDKs exchange: {@code langfuse_user_id} and its like. Tags
 * are joined by commas, as the JS SDK writes and reads them; a Python list or a JSON array is
 * understood too. What arrives is checked by the same rules as what is set here.
 */
public final class LangfuseBaggage {

  /** Says which trace an upstream service already shows in Langfuse. */
  public static final String TRACE_ID = "langfuse_trace_id";

  private static final String PREFIX = "langfuse_";
  private static final String METADATA_PREFIX = "langfuse_metadata_";
  private static final Map<String, String> METADATA_PREFIXES =
      Map.of(
          METADATA_PREFIX,
          LangfuseAttributes.TRACE_METADATA_PREFIX,
          "langfuse_experiment_metadata_",
          LangfuseAttributes.EXPERIMENT_METADATA_PREFIX,
          "langfuse_experiment_item_metadata_",
          LangfuseAttributes.EXPERIMENT_ITEM_METADATA_PREFIX);
  private static final String TAGS = "langfuse_tags";
  private static final String ENVIRONMENT = "langfuse_environment";
  private static final String PROMPT_NAME = "langfuse_prompt_name";
  private static final String PROMPT_VERSION = "langfuse_prompt_version";

  private static final Map<String, AttributeKey<String>> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("langfuse_user_id", LangfuseAttributes.USER_ID);
    TEXTS.put("langfuse_session_id", LangfuseAttributes.SESSION_ID);
    TEXTS.put("langfuse_version", LangfuseAttributes.VERSION);
    TEXTS.put("langfuse_trace_name", LangfuseAttributes.TRACE_NAME);
    TEXTS.put("langfuse_experiment_id", LangfuseAttributes.EXPERIMENT_ID);
    TEXTS.put("langfuse_experiment_name", LangfuseAttributes.EXPERIMENT_NAME);
    TEXTS.put("langfuse_experiment_dataset_id", LangfuseAttributes.EXPERIMENT_DATASET_ID);
    TEXTS.put("langfuse_experiment_item_id", LangfuseAttributes.EXPERIMENT_ITEM_ID);
    TEXTS.put(
        "langfuse_experiment_item_root_observation_id", LangfuseAttributes.EXPERIMENT_ROOT_ID);
  }

  private LangfuseBaggage() {}

  static Baggage write(Baggage baggage, Attributes attributes) {
    BaggageBuilder builder = baggage.toBuilder();
    TEXTS.forEach((entry, key) -> put(builder, entry, attributes.get(key)));
    put(builder, ENVIRONMENT, attributes.get(LangfuseAttributes.ENVIRONMENT));
    put(builder, PROMPT_NAME, attributes.get(LangfuseAttributes.OBSERVATION_PROMPT_NAME));
    Long promptVersion = attributes.get(LangfuseAttributes.OBSERVATION_PROMPT_VERSION);
    put(builder, PROMPT_VERSION, promptVersion == null ? null : promptVersion.toString());
    putTags(builder, baggage.getEntryValue(TAGS), attributes.get(LangfuseAttributes.TRACE_TAGS));
    attributes.forEach(
        (key, value) -> {
          for (Map.Entry<String, String> prefix : METADATA_PREFIXES.entrySet()) {
            if (key.getKey().startsWith(prefix.getValue())) {
              String name = key.getKey().substring(prefix.getValue().length());
              builder.put(prefix.getKey() + name, value.toString());
            }
          }
        });
    return builder.build();
  }

  private static void put(BaggageBuilder builder, String entry, @Nullable String value) {
    if (value != null) {
      builder.put(entry, value);
    }
  }

  /** Tags that came with a request, or from an outer block, stay. */
  private static void putTags(
      BaggageBuilder builder, @Nullable String there, @Nullable List<String> tags) {
    if (tags == null) {
      return;
    }
    Set<String> joinable = new LinkedHashSet<>(there == null ? List.of() : tagsIn(there));
    for (String tag : tags) {
      if (tag.contains(",")) {
        AttributeRules.drop("tags", "with a comma cannot travel as baggage");
      } else {
        joinable.add(tag);
      }
    }
    if (!joinable.isEmpty()) {
      builder.put(TAGS, String.join(",", joinable));
    }
  }

  /** Adds the claim that {@code traceId} is shown in Langfuse from this service on. */
  public static Baggage claim(Baggage baggage, String traceId) {
    return baggage.toBuilder().put(TRACE_ID, traceId).build();
  }

  /** The attributes that an incoming request brought, and over them those set here. */
  public static Attributes readUnder(Attributes own, Baggage baggage) {
    Attributes received = read(baggage);
    List<String> tags = received.get(LangfuseAttributes.TRACE_TAGS);
    List<String> ownTags = own.get(LangfuseAttributes.TRACE_TAGS);
    // What was set here may be in the baggage too; its order is the one of the blocks.
    return tags != null && ownTags != null && ownTags.containsAll(tags)
        ? received.toBuilder().putAll(own).build()
        : PropagatedAttributes.merge(received, own);
  }

  private static Attributes read(Baggage baggage) {
    if (baggage.isEmpty()) {
      return Attributes.empty();
    }
    AttributesBuilder attributes = Attributes.builder();
    baggage.forEach(
        (key, entry) -> {
          if (key.startsWith(PREFIX)) {
            read(attributes, key, entry);
          }
        });
    Attributes read = attributes.build();
    // As in the other SDKs: inside an experiment everything is of its environment.
    return read.get(LangfuseAttributes.EXPERIMENT_ROOT_ID) == null
        ? read
        : read.toBuilder()
            .put(LangfuseAttributes.ENVIRONMENT, LangfuseAttributes.EXPERIMENT_ENVIRONMENT)
            .build();
  }

  private static void read(AttributesBuilder attributes, String key, BaggageEntry entry) {
    AttributeKey<String> textKey = TEXTS.get(key);
    if (textKey != null) {
      set(attributes, textKey, AttributeRules.text(textKey.getKey(), entry.getValue()));
    } else if (key.equals(ENVIRONMENT)) {
      set(attributes, LangfuseAttributes.ENVIRONMENT, AttributeRules.environment(entry.getValue()));
    } else if (key.equals(TAGS)) {
      readTags(attributes, entry.getValue());
    } else if (key.equals(PROMPT_NAME)) {
      set(
          attributes,
          LangfuseAttributes.OBSERVATION_PROMPT_NAME,
          AttributeRules.text("prompt", entry.getValue()));
    } else if (key.equals(PROMPT_VERSION)) {
      readPromptVersion(attributes, entry.getValue());
    } else {
      METADATA_PREFIXES.forEach(
          (prefix, attribute) -> {
            if (key.startsWith(prefix)) {
              readMetadata(attributes, attribute, key.substring(prefix.length()), entry.getValue());
            }
          });
    }
  }

  /** The metadata of an experiment has paths with dots. */
  private static void readMetadata(
      AttributesBuilder attributes, String attribute, String name, String value) {
    if (AttributeRules.isMetadataKey(name.replace('.', '_'))) {
      set(
          attributes,
          AttributeKey.stringKey(attribute + name),
          AttributeRules.text("metadata", value));
    }
  }

  private static void set(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
  }

  private static void readTags(AttributesBuilder attributes, String text) {
    List<String> tags = tagsIn(text);
    if (!tags.isEmpty()) {
      attributes.put(LangfuseAttributes.TRACE_TAGS, tags);
    }
  }

  private static List<String> tagsIn(String text) {
    List<String> tags = new ArrayList<>();
    boolean list = text.startsWith("[") && text.endsWith("]");
    String inner = list ? text.substring(1, text.length() - 1) : text;
    for (String part : inner.split(",")) {
      // OpenTelemetry for Python writes the blank after a comma as +, which only it reads back.
      String tag = list ? part.strip().replaceAll("^\\+?['\"]|['\"]$", "") : part.strip();
      if (!tag.isEmpty() && AttributeRules.text("tags", tag) != null) {
        tags.add(tag);
      }
    }
    return tags;
  }

  /**
   * Reads the entries of a {@code baggage} header in which OpenTelemetry for Python wrote blanks as
   * {@code +}. No SDK writes a plus sign as it is, so there is nothing to mistake it for.
   */
  public static Baggage withBlanks(Baggage baggage, String header) {
    BaggageBuilder corrected = baggage.toBuilder();
    for (String entry : header.split(",")) {
      int equals = entry.indexOf('=');
      int end = entry.indexOf(';') < 0 ? entry.length() : entry.indexOf(';');
      if (equals > 0 && equals < end && entry.indexOf('+', equals) > 0) {
        String key = entry.substring(0, equals).strip();
        if (key.startsWith(PREFIX) && baggage.getEntryValue(key) != null) {
          decode(entry.substring(equals + 1, end).strip())
              .ifPresent(value -> corrected.put(key, value));
        }
      }
    }
    return corrected.build();
  }

  private static Optional<String> decode(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static void readPromptVersion(AttributesBuilder attributes, String text) {
    try {
      attributes.put(LangfuseAttributes.OBSERVATION_PROMPT_VERSION, Long.valueOf(text));
    } catch (NumberFormatException e) {
      AttributeRules.drop("prompt", "version must be a whole number");
    }
  }
}
