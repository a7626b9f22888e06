package io.langfuse4j.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What options are when the command line does not say: a variable, or an entry of a file. */
final class ConfigFile implements IDefaultValueProvider {
  static final String OPTION = "--config";
  static final String DEFAULT_DATA = "./langfuse-data";

  private final Map<String, String> environment;
  private final Properties entries;

  private ConfigFile(Map<String, String> environment, Properties entries) {
    this.environment = environment;
    this.entries = entries;
  }

  /**
   * @throws StartException if a file is named that cannot be read
   */
  static ConfigFile of(String[] arguments, Map<String, String> environment) {
    String given = given(arguments, OPTION);
    String file = given == null ? environment.get("LANGFUSE4J_CONFIG") : given;
    return new ConfigFile(environment, file == null ? new Properties() : read(Path.of(file)));
  }

  /** The last value of an option, before anything else is known of the command line. */
  private static @Nullable String given(String[] arguments, String option) {
    String value = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(option) && i + 1 < arguments.length) {
        value = arguments[i + 1];
      } else if (arguments[i].startsWith(option + "=")) {
        value = arguments[i].substring(option.length() + 1);
      }
    }
    return value;
  }

  /**
   * The data folder, before anything else is known of the command line.
   *
   * @throws StartException if a file is named that cannot be read
   */
  static Path data(String[] arguments, Map<String, String> environment) {
    String given = given(arguments, "--data");
    String value = given == null ? of(arguments, environment).value("data") : given;
    return Path.of(value == null ? DEFAULT_DATA : value);
  }

  private static Properties read(Path file) {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      entries.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("The configuration file " + file + " cannot be read.", e);
    }
    return entries;
  }

  /**
   * Entries that no option is named by are mistakes, and would change nothing.
   *
   * @throws StartException if there is one
   */
  void check(CommandLine line) {
    Set<String> known = new TreeSet<>();
    addNames(line, known);
    line.getSubcommands().values().forEach(command -> addNames(command, known));
    for (String name : new TreeSet<>(entries.stringPropertyNames())) {
      if (!known.contains(name)) {
        throw new StartException(
            "The configuration file has an entry "
                + name
                + ", which is no option. There are: "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  private static void addNames(CommandLine line, Set<String> names) {
    line.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .forEach(option -> names.add(option.longestName().substring(2)));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    return value(option.longestName().substring(2));
  }

  private @Nullable String value(String name) {
    String variable =
        environment.get("LANGFUSE4J_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    // Compose files pass variables on that nobody has set.
    return variable != null && !variable.isBlank() ? variable : entries.getProperty(name);
  }
}
