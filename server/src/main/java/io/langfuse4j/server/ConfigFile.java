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
    String file = environment.get("LANGFUSE4J_CONFIG");
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
        file = arguments[i + 1];
      } else if (arguments[i].startsWith(OPTION + "=")) {
        file = arguments[i].substring(OPTION.length() + 1);
      }
    }
    return new ConfigFile(environment, file == null ? new Properties() : read(Path.of(file)));
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
    String name = option.longestName().substring(2);
    String variable =
        environment.get("LANGFUSE4J_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    return variable != null ? variable : entries.getProperty(name);
  }
}
