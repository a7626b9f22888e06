package io.langfuse4j.internal.propagation;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.config.Settings;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a propagated value must look like. A value that breaks a rule is dropped alone, with one
 * warning that names the attribute and the rule and never the value.
 */
public final class AttributeRules {

  /** Code points, as the Python SDK counts. */
  public static final int MAX_LENGTH = 200;

  private static final Warnings warnings =
      new Warnings(Logger.getLogger("io.langfuse4j.propagation"));

  private AttributeRules() {}

  /** The value if it is acceptable, else null. */
  public static @Nullable String text(String attribute, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.length() > MAX_LENGTH && value.codePointCount(0, value.length()) > MAX_LENGTH) {
      drop(attribute, "is longer than 200 characters");
      return null;
    }
    return value;
  }

  /** The text of any value if it is acceptable, else null. */
  public static @Nullable String textOf(String attribute, Object value) {
    try {
      return text(attribute, value.toString());
    } catch (RuntimeException | StackOverflowError e) {
      drop(attribute, "has a toString() that failed");
      return null;
    }
  }

  /** The environment if the server would keep it as it is, else null. */
  public static @Nullable String environment(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return Settings.environmentName(value);
    } catch (IllegalArgumentException e) {
      drop("environment", "must be at most 40 of a-z, 0-9, - and _ and not start with langfuse");
      return null;
    }
  }

  /** Whether a metadata key is alphanumeric; underscores are allowed too. */
  public static boolean isMetadataKey(@Nullable String key) {
    boolean valid = key != null && !key.isEmpty() && key.chars().allMatch(AttributeRules::isWord);
    if (!valid) {
      drop("metadata", "has a key with characters other than letters, digits and _");
    }
    return valid;
  }

  private static boolean isWord(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  static void drop(String attribute, String rule) {
    warnings.once(
        attribute + rule, "propagateAttributes: " + attribute + " " + rule + "; it is dropped.");
  }
}
