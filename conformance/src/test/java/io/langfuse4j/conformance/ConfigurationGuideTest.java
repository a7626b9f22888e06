package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.LangfuseBuilder;
import io.langfuse4j.internal.config.Setting;
import io.langfuse4j.internal.config.Settings;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} lists the settings that exist, and nothing else. */
class ConfigurationGuideTest {

  private static final String GUIDE = "docs/configuration.md";

  @Test
  void table_isTheListOfSettings() {
    List<List<String>> expected =
        Settings.ALL.stream()
            .map(
                setting ->
                    List.of(
                        variables(setting),
                        code(setting.property()),
                        code(setting.builderMethod()),
                        defaultOf(setting),
                        setting.description()))
            .toList();

    assertThat(String.join("\n", MarkdownTable.rows(GUIDE).stream().map(Object::toString).toList()))
        .isEqualTo(String.join("\n", expected.stream().map(Object::toString).toList()));
  }

  @Test
  void everyBuilderMethod_exists() {
    List<String> methods =
        Arrays.stream(LangfuseBuilder.class.getMethods()).map(Method::getName).toList();

    assertThat(Settings.ALL.stream().map(Setting::builderMethod)).allMatch(methods::contains);
  }

  private static String variables(Setting<?> setting) {
    List<String> official =
        Stream.concat(Stream.of(setting.variable()), setting.aliases().stream())
            .filter(name -> name.startsWith("LANGFUSE_"))
            .map(ConfigurationGuideTest::code)
            .toList();
    boolean others = setting.aliases().stream().anyMatch(name -> !name.startsWith("LANGFUSE_"));
    return String.join(", ", official) + (others ? ", or the commit a CI system names" : "");
  }

  private static String defaultOf(Setting<?> setting) {
    Object value = setting.defaultValue();
    if (value == null) {
      return "none";
    }
    return value instanceof Path path ? code(path.toString()) : code(text(value));
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return Long.toString(duration.toSeconds());
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : value.toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
