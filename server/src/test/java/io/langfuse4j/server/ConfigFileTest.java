package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigFileTest {
  @TempDir private Path folder;

  private static String parsed(Map<String, String> environment, String... arguments) {
    CommandLine line =
        new CommandLine(new Main()).setDefaultValueProvider(ConfigFile.of(arguments, environment));
    line.parseArgs(arguments);
    return line.getCommandSpec().findOption("--port").getValue().toString();
  }

  private String file(String content) throws Exception {
    return Files.writeString(folder.resolve("server.properties"), content).toString();
  }

  @Test
  void option_comesBeforeVariable_beforeFile_beforeDefault() throws Exception {
    String file = file("port=1\nkeep-days=7\n");
    Map<String, String> variables = Map.of("LANGFUSE4J_CONFIG", file, "LANGFUSE4J_PORT", "2");

    assertThat(parsed(variables, "--port", "3")).isEqualTo("3");
    assertThat(parsed(variables)).isEqualTo("2");
    assertThat(parsed(Map.of(), "--config", file)).isEqualTo("1");
    assertThat(parsed(Map.of(), "--config=" + file)).isEqualTo("1");
    assertThat(parsed(Map.of())).isEqualTo("3000");
  }

  @Test
  void fileThatIsNotThere_isSaidInOneSentence() {
    String[] arguments = {"--config", folder.resolve("none").toString()};

    assertThatThrownBy(() -> ConfigFile.of(arguments, Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot be read");
  }
}
