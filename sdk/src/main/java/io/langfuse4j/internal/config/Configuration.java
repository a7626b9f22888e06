package io.langfuse4j.internal.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values that apply: what the builder was given, else the system property, else the variable,
 * else the default. Malformed and unknown settings are collected as one sentence each; what {@link
 * Setting#whenMalformed} says applies in their place. Values of keys are never part of a message.
 *
 * <p>Immutable.
 */
public final class Configuration {

  /** Variables of the official SDKs and of the Langfuse server that mean nothing here. */
  private static final Set<String> FOREIGN =
      Set.of(
          "LANGFUSE_LOG_LEVEL",
          "LANGFUSE_MEDIA_UPLOAD_ENABLED",
          "LANGFUSE_MEDIA_UPLOAD_THREAD_COUNT",
          "LANGFUSE_PROMPT_CACHE_DEFAULT_TTL_SECONDS",
          "LANGFUSE_OPENAI_SKIP_RAW_RESPONSES",
          "LANGFUSE_MAX_BATCH_SIZE_BYTES",
          "LANGFUSE_MAX_EVENT_SIZE_BYTES");

  private static final Set<String> FOREIGN_PREFIXES =
      Set.of("LANGFUSE_INIT_", "LANGFUSE_S3_", "LANGFUSE_INGESTION_", "LANGFUSE_MIGRATION_");

  private final Map<Setting<?>, Object> values;
  private final Set<Setting<?>> malformed;
  private final List<String> problems;

  private Configuration(
      Map<Setting<?>, Object> values, Set<Setting<?>> malformed, List<String> problems) {
    this.values = Map.copyOf(values);
    this.malformed = Set.copyOf(malformed);
    this.problems = List.copyOf(problems);
  }

  /**
   * Resolves every setting.
   *
   * @param given values from the builder, already checked
   * @param variables the environment
   * @param properties the system properties
   */
  public static Configuration resolve(
      Map<Setting<?>, Object> given, Map<String, String> variables, Map<?, ?> properties) {
    Map<Setting<?>, Object> values = new HashMap<>();
    Set<Setting<?>> malformed = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      Object value = given.get(setting);
      if (value == null) {
        int before = problems.size();
        value = read(setting, variables, properties, problems);
        if (problems.size() > before) {
          malformed.add(setting);
        }
      }
      if (value != null) {
        values.put(setting, value);
      }
    }
    problems.addAll(unknown(variables, properties));
    return new Configuration(values, malformed, problems);
  }

  private static @Nullable Object read(
      Setting<?> setting, Map<String, String> variables, Map<?, ?> properties, List<String> bad) {
    String property = text(properties.get(setting.property()));
    if (property != null) {
      return parse(setting, setting.property(), property, bad);
    }
    List<String> names = new ArrayList<>(List.of(setting.variable()));
    names.addAll(setting.aliases());
    for (String name : names) {
      String value = text(variables.get(name));
      if (value != null) {
        return parse(setting, name, value, bad);
      }
    }
    return setting.defaultValue();
  }

  /** An empty value counts as unset, as in the official SDKs. */
  private static @Nullable String text(@Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Object parse(
      Setting<?> setting, String name, String text, List<String> problems) {
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s is '%s', expected %s; using %s instead",
              name,
              shown(text),
              setting.expected(),
              inPlaceOf(setting)));
      return setting.whenMalformed();
    }
  }

  private static Object inPlaceOf(Setting<?> malformed) {
    Object value = malformed.whenMalformed();
    if (value == null) {
      return "none";
    }
    return value.equals(Settings.ALL_TYPES) ? "all" : value;
  }

  /** A secret key that was put into the wrong variable must not end up in a log. */
  private static String shown(String text) {
    return text.startsWith("sk-") ? "sk-..." : text;
  }

  private static List<String> unknown(Map<String, String> variables, Map<?, ?> properties) {
    Set<String> known =
        Settings.ALL.stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
    Settings.ALL.forEach(setting -> known.addAll(setting.aliases()));
    List<String> problems = new ArrayList<>();
    for (String name : new TreeSet<>(variables.keySet())) {
      if (name.startsWith("LANGFUSE_") && !known.contains(name) && !isForeign(name)) {
        problems.add(name + " is not a setting" + suggestion(name, known));
      }
    }
    Set<String> knownProperties =
        Settings.ALL.stream().map(Setting::property).collect(Collectors.toCollection(TreeSet::new));
    properties.keySet().stream()
        .map(Objects::toString)
        .filter(name -> name.startsWith("langfuse.") && !knownProperties.contains(name))
        .sorted()
        .forEach(
            name -> problems.add(name + " is not a setting" + suggestion(name, knownProperties)));
    return problems;
  }

  private static boolean isForeign(String name) {
    return FOREIGN.contains(name) || FOREIGN_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static String suggestion(String name, Set<String> known) {
    List<String> words = words(name);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= 3 || words(candidate).containsAll(words))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(candidate -> " (did you mean " + candidate + "?)")
        .orElse("");
  }

  private static List<String> words(String name) {
    return List.of(name.split("[_.]"));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** The value, or null if the setting has neither value nor default. */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T find(Setting<T> setting) {
    return (T) values.get(setting);
  }

  /** The value of a setting that has a default. */
  public <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.variable());
  }

  /** Whether something was set that could not be read. */
  public boolean isMalformed(Setting<?> setting) {
    return malformed.contains(setting);
  }

  /** One sentence for each setting that could not be used. */
  public List<String> problems() {
    return problems;
  }
}
