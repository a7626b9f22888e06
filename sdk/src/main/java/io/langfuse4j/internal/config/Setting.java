package io.langfuse4j.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting in its three spellings: builder method, {@code LANGFUSE_*} variable, {@code
 * langfuse.*} system property. The property is the variable in lower case with dots.
 *
 * @param <T> the type of the value
 * @param builderMethod name of the method on {@code LangfuseBuilder}
 * @param variable environment variable, as the official SDKs spell it where they have it
 * @param aliases further variables, tried in order; accepted without complaint
 * @param expected what a well-formed text looks like, for messages
 * @param parser throws {@link IllegalArgumentException} for malformed text
 * @param defaultValue applies when nothing is set; null means absent
 * @param whenMalformed applies when what is set cannot be read: the default, or what keeps more at
 *     home where the default would send what somebody tried to keep
 * @param description one line for the documentation
 */
public record Setting<T>(
    String builderMethod,
    String variable,
    List<String> aliases,
    String expected,
    Function<String, T> parser,
    @Nullable T defaultValue,
    @Nullable T whenMalformed,
    String description) {

  Setting(
      String builderMethod,
      String variable,
      List<String> aliases,
      String expected,
      Function<String, T> parser,
      @Nullable T defaultValue,
      String description) {
    this(
        builderMethod,
        variable,
        aliases,
        expected,
        parser,
        defaultValue,
        defaultValue,
        description);
  }

  /** For example {@code langfuse.public.key}. */
  public String property() {
    return property(variable);
  }

  /** The system property that goes with a variable. */
  public static String property(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  Setting<T> or(String... moreVariables) {
    return new Setting<>(
        builderMethod,
        variable,
        List.of(moreVariables),
        expected,
        parser,
        defaultValue,
        whenMalformed,
        description);
  }

  Setting<T> whenMalformed(T value) {
    return new Setting<>(
        builderMethod, variable, aliases, expected, parser, defaultValue, value, description);
  }
}
