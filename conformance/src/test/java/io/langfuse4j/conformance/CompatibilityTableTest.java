package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} claims nothing that no test shows. */
class CompatibilityTableTest {

  private static final int REQUIREMENTS = 156;
  private static final Pattern STATE = Pattern.compile("done|later: .+|not applicable: .+");

  private record Row(String number, String statement, String state, List<String> tests) {}

  private static final List<Row> rows =
      MarkdownTable.rows("docs/compatibility.md").stream()
          .map(cells -> new Row(cells.get(0), cells.get(1), cells.get(2), testsIn(cells.get(3))))
          .toList();

  private static final Map<String, Set<String>> requirementsByTest =
      TestSources.read().requirementsByTest();

  private static List<String> testsIn(String cell) {
    return Pattern.compile("\\w+#\\w+")
        .matcher(cell)
        .results()
        .map(match -> match.group())
        .toList();
  }

  @Test
  void table_hasEveryRequirementOnceInOrder() {
    assertThat(rows.stream().map(Row::number))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, REQUIREMENTS).mapToObj(number -> "R" + number).toList());
  }

  @Test
  void everyRow_saysSomethingAndHasAState() {
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.statement()).isNotBlank();
              assertThat(row.state()).matches(STATE);
              assertThat(row.tests().isEmpty()).isEqualTo(!row.state().equals("done"));
            });
  }

  @Test
  void everyTestNamed_existsAndShowsTheRequirement() {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      for (String test : row.tests()) {
        Set<String> shown = requirementsByTest.get(test);
        if (shown == null) {
          wrong.add(row.number() + ": there is no test " + test);
        } else if (!shown.contains(row.number())) {
          wrong.add(row.number() + ": " + test + " shows only " + shown);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRequirementThatATestShows_isInTheTable() {
    Set<String> shown =
        requirementsByTest.values().stream()
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shown).isNotEmpty();
    assertThat(rows.stream().map(Row::number)).containsAll(shown);
  }

  @Test
  void everyTestOfTheCatalogues_exists() {
    String page = Repository.read("docs/compatibility.md");
    String catalogues = page.substring(page.indexOf("test catalogues"));

    assertThat(testsIn(catalogues)).hasSizeGreaterThan(150).isSubsetOf(requirementsByTest.keySet());
  }
}
