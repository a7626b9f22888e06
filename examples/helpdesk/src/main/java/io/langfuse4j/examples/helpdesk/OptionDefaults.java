package io.langfuse4j.examples.helpdesk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options that are not given from system properties, or else from the environment. */
final class OptionDefaults implements IDefaultValueProvider {

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = "helpdesk." + option.longestName().replaceFirst("^--", "");
    String variable = name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    String property = System.getProperty(name);
    return property != null ? property : System.getenv(variable);
  }
}
