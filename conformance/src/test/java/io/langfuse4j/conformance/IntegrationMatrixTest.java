package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/integration-matrix.md} says what the integrations' tests have shown, in the words of
 * the files that they leave in {@code target/integration-matrix}. Modules whose tests did not run
 * before are left out of the comparison. {@code -Dmatrix.write=true} writes the table anew.
 */
class IntegrationMatrixTest {

  private static final String FILE = "docs/integration-matrix.md";

  private static final String TESTED = "tested";

  /** The outcomes that the tests name, and what the table calls them. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("OK", "ok");
    COLUMNS.put("TOOL_CALL", "tool call");
    COLUMNS.put("PROVIDER_ERROR", "provider error");
    COLUMNS.put("TRANSPORT_ERROR", "transport error");
    COLUMNS.put("CUT", "cut stream");
    COLUMNS.put("CANCELLED", "closed or cancelled");
    COLUMNS.put("ABANDONED", "abandoned");
  }

  /** What the tests left behind, by library, operation and way in. */
  private final Map<String, List<Path>> shown = new TreeMap<>();

  private final Map<String, Boolean> moduleRan = new HashMap<>();

  IntegrationMatrixTest() {
    for (Path source : integrationTests()) {
      String text = Repository.read(source);
      if (text.contains("@Integrates(")) {
        String name = name(source.toString().replace(".java", "").replace(File.separator, "."));
        Path results = module(source).resolve("target/integration-matrix");
        moduleRan.put(name, Files.isDirectory(results));
      }
    }
    resultFiles().stream()
        .filter(file -> moduleRan.containsKey(outermost(name(file))))
        .forEach(file -> shown.computeIfAbsent(title(file), t -> new ArrayList<>()).add(file));
  }

  /** Before the first of the tests here, whichever that is. */
  @BeforeAll
  static void write() throws IOException {
    IntegrationMatrixTest results = new IntegrationMatrixTest();
    if (Boolean.getBoolean("matrix.write") && !results.shown.isEmpty()) {
      Files.writeString(Repository.path(FILE), results.document());
    }
  }

  private static String title(Path file) {
    return Repository.read(file).lines().findFirst().orElse("");
  }

  private List<List<String>> rows() {
    return shown.values().stream()
        .map(IntegrationMatrixTest::row)
        .sorted(IntegrationMatrixTest::order)
        .toList();
  }

  private static List<Path> integrationTests() {
    try (Stream<Path> files = Files.walk(Repository.path(""), 14)) {
      return files
          .filter(file -> file.toString().matches(".*src/test/java/.*(Test|IT)\\.java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path module(Path source) {
    Path folder = source;
    while (!Files.exists(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static List<Path> resultFiles() {
    try (Stream<Path> files = Files.walk(Repository.path(""), 5)) {
      return files
          .filter(file -> file.toString().matches(".*target/integration-matrix/.*\\.txt"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return name(file.getFileName().toString().replaceAll("(~.*)?\\.txt$", ""));
  }

  /** The class with the last part of its package: several libraries have a test of a name. */
  private static String name(String qualified) {
    return qualified.replaceAll(".*\\.(\\w+\\.[\\w$]+)$", "$1").replace('$', '.');
  }

  private static String outermost(String test) {
    return test.replaceAll("^(\\w+\\.\\w+)\\..*", "$1");
  }

  /** Several classes may show what makes one row. */
  private static List<String> row(List<Path> files) {
    List<String> lines = files.stream().flatMap(file -> Repository.read(file).lines()).toList();
    List<String> row = new ArrayList<>(List.of(lines.get(0).split("\t")));
    for (String outcome : COLUMNS.keySet()) {
      row.add(cell(outcome, lines));
    }
    row.add(
        files.stream()
            .map(file -> "`" + name(file) + "`")
            .distinct()
            .collect(Collectors.joining(", ")));
    return row;
  }

  private static String cell(String outcome, List<String> lines) {
    if (lines.contains(outcome + "=failed")) {
      return "";
    }
    if (lines.contains(outcome + "=ok")) {
      return TESTED;
    }
    return lines.stream()
        .filter(line -> line.startsWith(outcome + ": "))
        .map(line -> line.substring(outcome.length() + 2))
        .findFirst()
        .orElse("");
  }

  @Test
  void table_isWhatTheTestsHaveShown() {
    assumeFalse(shown.isEmpty(), "no tests of integrations ran before");
    List<List<String>> documented =
        MarkdownTable.rows(FILE).stream()
            .filter(this::ran)
            .sorted(IntegrationMatrixTest::order)
            .toList();

    assertThat(documented)
        .as("regenerate with -Dmatrix.write=true after the tests of all integrations")
        .isEqualTo(rows());
  }

  /** Rows of tests that do not exist any more count as run, and so are missed. */
  private boolean ran(List<String> row) {
    return Arrays.stream(row.get(row.size() - 1).replace("`", "").split(", "))
        .allMatch(test -> moduleRan.getOrDefault(outermost(test), true));
  }

  private static int order(List<String> one, List<String> other) {
    return one.toString().compareTo(other.toString());
  }

  @Test
  void noCell_isEmptyWithoutAReason() {
    List<List<String>> rows = MarkdownTable.rows(FILE);
    assertThat(rows).isNotEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(row).doesNotContain(""));
  }

  @Test
  void everySupportedOperation_hasARow() {
    assertThat(MarkdownTable.rows(FILE).stream().map(row -> row.subList(0, 3)))
        .containsExactlyInAnyOrderElementsOf(SupportedOperations.ALL);
  }

  /** A row of nothing but reasons would say that something is supported which nobody has seen. */
  @Test
  void everyRow_showsThatAllGoesWellAndThatItDoesNot() {
    assertThat(MarkdownTable.rows(FILE))
        .allSatisfy(
            row -> {
              assertThat(row.get(3)).isEqualTo(TESTED);
              assertThat(row.subList(5, 7)).contains(TESTED);
            });
  }

  private String document() {
    StringBuilder text = new StringBuilder();
    text.append("# What the tests of the integrations have shown\n\n")
        .append("Written from the tests that ran, each with content captured and not, by\n")
        .append(
            "`./mvnw verify -Dmatrix.write=true`; `IntegrationMatrixTest` compares. A cell says\n")
        .append("`tested`, or why there is nothing to test. The agent and Spring put the very\n")
        .append("`wrap(..)` around clients that is called by hand: one operation of a library\n")
        .append("shows that they do, the others are what they are by hand.\n\n");
    List<String> headings = new ArrayList<>(List.of("library", "operation", "way in"));
    headings.addAll(COLUMNS.values());
    headings.add("shown by");
    line(text, headings);
    line(text, headings.stream().map(heading -> "---").toList());
    rows().forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
