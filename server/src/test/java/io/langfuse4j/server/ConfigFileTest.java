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

  @Test
  void entryThatIsNoOption_isRefusedByName() throws Exception {
    ConfigFile file = ConfigFile.of(new String[] {"--config", file("prot=1\n")}, Map.of());

    assertThatThrownBy(() -> Main.commandLine(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("an entry prot, which is no option")
        .hasMessageContaining("port");
  }

  @Test
  void variableWithoutAValue_orOfAnotherMeaning_isNone() {
    Map<String, String> variables =
        Map.of("LANGFUSE4J_PORT", "", "LANGFUSE4J_VERSION", "1.2.3", "LANGFUSE4J_HELP", "me");

    assertThat(parsed(variables)).isEqualTo("3000");
  }

  @Test
  void dataFolder_isKnownBeforeAnythingElse() throws Exception {
    String file = file("data=a\n");
    Map<String, String> variables = Map.of("LANGFUSE4J_CONFIG", file, "LANGFUSE4J_DATA", "b");

    assertThat(ConfigFile.data(new String[] {"--data=c"}, variables)).hasToString("c");
    assertThat(ConfigFile.data(new String[] {}, variables)).hasToString("b");
    assertThat(ConfigFile.data(new String[] {"--config", file}, Map.of())).hasToString("a");
    assertThat(ConfigFile.data(new String[] {}, Map.of())).hasToString("./langfuse-data");
  }
}
