package io.langfuse4j.evaluator;

import io.langfuse4j.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A judgement that becomes a score: a number, yes or no, a category, or a text. Immutable. */
public final class Evaluation {

  private final String name;
  private final Object value;
  private final boolean text;
  private final @Nullable String comment;
  private final @Nullable String configId;
  private final Map<String, @Nullable Object> metadata;

  private Evaluation(
      String name,
      Object value,
      boolean text,
      @Nullable String comment,
      @Nullable String configId,
      Map<String, @Nullable Object> metadata) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("An evaluation has a name that is not empty.");
    }
    this.name = name;
    this.value = value;
    this.text = text;
    this.comment = comment;
    this.configId = configId;
    this.metadata = metadata;
  }

  /** A number, which must be finite. */
  public static Evaluation of(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The evaluation '" + name + "' is " + value + ", expected a finite number.");
    }
    return new Evaluation(name, value, false, null, null, Map.of());
  }

  /** Yes or no. Counts as 1 or 0 in averages. */
  public static Evaluation of(String name, boolean value) {
    return new Evaluation(name, value, false, null, null, Map.of());
  }

  /** A category, such as {@code polite}. */
  public static Evaluation of(String name, String category) {
    return new Evaluation(name, Objects.requireNonNull(category), false, null, null, Map.of());
  }

  /** A free text of 1 to 500 characters. */
  public static Evaluation text(String name, String text) {
    return new Evaluation(name, Objects.requireNonNull(text), true, null, null, Map.of());
  }

  /** With the reason, for whoever reads the score. */
  public Evaluation comment(@Nullable String comment) {
    return new Evaluation(name, value, text, comment, configId, metadata);
  }

  /** With the score config on the server that the value must follow. */
  public Evaluation configId(@Nullable String configId) {
    return new Evaluation(name, value, text, comment, configId, metadata);
  }

  /** With anything else worth keeping. */
  public Evaluation metadata(Map<String, ? extends @Nullable Object> metadata) {
    return new Evaluation(
        name,
        value,
        text,
        comment,
        configId,
        Collections.unmodifiableMap(new LinkedHashMap<>(metadata)));
  }

  /** Under another name. */
  public Evaluation named(String name) {
    return new Evaluation(name, value, text, comment, configId, metadata);
  }

  public String name() {
    return name;
  }

  /** A {@link Double}, a {@link Boolean} or a {@link String}. */
  public Object value() {
    return value;
  }

  /** The value as a number, yes as 1 and no as 0; empty of words. */
  public OptionalDouble number() {
    if (value instanceof Boolean yes) {
      return OptionalDouble.of(yes ? 1 : 0);
    }
    return value instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  public @Nullable String comment() {
    return comment;
  }

  public @Nullable String configId() {
    return configId;
  }

  public Map<String, @Nullable Object> metadata() {
    return metadata;
  }

  /** Name, value and what else there is, as it stands in traces and exports. */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("value", value);
    if (comment != null) {
      map.put("comment", comment);
    }
    if (!metadata.isEmpty()) {
      map.put("metadata", metadata);
    }
    if (configId != null) {
      map.put("config_id", configId);
    }
    return map;
  }

  /** Fills in a score; the target is the caller's. */
  public void writeTo(Score score) {
    score.name(name).comment(comment).configId(configId);
    score.metadata(metadata.isEmpty() ? null : metadata);
    if (value instanceof Boolean yes) {
      score.value((boolean) yes);
    } else if (value instanceof Double number) {
      score.value((double) number);
    } else if (text) {
      score.text((String) value);
    } else {
      score.value((String) value);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Evaluation evaluation
        && evaluation.asMap().equals(asMap())
        && evaluation.text == text;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value);
  }

  @Override
  public String toString() {
    return name + ": " + value + (comment == null ? "" : " (" + comment + ")");
  }
}
