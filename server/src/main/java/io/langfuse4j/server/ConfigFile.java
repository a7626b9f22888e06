package io.langfuse4j.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
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

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    return value(option.longestName().substring(2));
  }

  private @Nullable String value(String name) {
    String variable =
        environment.get("LANGFUSE4J_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    return variable != null ? variable : entries.getProperty(name);
  }
}
