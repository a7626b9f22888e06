package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java that the guides mention between the lines exists, and can be imported from where they say.
 */
class DocumentedNamesTest {

  private static final Pattern CALL_OF_THE_CLIENT = Pattern.compile("(?i:langfuse)\\.(\\w+)\\(");
  private static final Pattern IMPORT = Pattern.compile("import (io\\.langfuse4j\\.[\\w.]+);");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ENTRY_POINT =
      Pattern.compile("\\b(Langfuse[A-Z]\\w*|AgentTracing)\\.");

  @Test
  void fromOtherSdks_callsOfTheClientExist() {
    Set<String> methods =
        Arrays.stream(Langfuse.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
    // The fourth column is Java.
    List<String> calls =
        MarkdownTable.rows("docs/from-other-sdks.md").stream()
            .flatMap(row -> CALL_OF_THE_CLIENT.matcher(row.get(3)).results())
            .map(call -> call.group(1))
            .distinct()
            .toList();

    assertThat(calls).hasSizeGreaterThan(20);
    assertThat(methods).containsAll(calls);
  }

  static List<Path> readmes() {
    try (Stream<Path> files = Files.walk(Repository.path("instrumentation"), 2)) {
      return files
          .filter(file -> file.endsWith("README.md"))
          .filter(file -> !file.getParent().endsWith("support"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("readmes")
  void readmeOfAnIntegration_importsWhatItsFirstSnippetUses(Path readme) {
    String snippet =
        BLOCK.matcher(Repository.read(readme)).results().findFirst().orElseThrow().group(1);
    List<String> imported =
        IMPORT.matcher(snippet).results().map((MatchResult match) -> match.group(1)).toList();
    List<String> used =
        ENTRY_POINT.matcher(snippet).results().map(match -> match.group(1)).distinct().toList();

    assertThat(used).isNotEmpty();
    assertThat(imported.stream().map(name -> name.substring(name.lastIndexOf('.') + 1)))
        .containsAll(used);
    assertThat(imported)
        .allSatisfy(
            name ->
                assertThat(
                        readme.resolveSibling("src/main/java/" + name.replace('.', '/') + ".java"))
                    .exists());
  }
}
