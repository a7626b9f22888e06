package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/defects.md} claims nothing that no test shows. */
class DefectsTableTest {

  private static final List<List<String>> rows = MarkdownTable.rows("docs/defects.md");

  @Test
  void everyRow_namesTestsThatExist() {
    Set<String> existing = TestSources.read().requirementsByTest().keySet();

    assertThat(rows)
        .hasSizeGreaterThan(25)
        .allSatisfy(
            row -> {
              assertThat(row).hasSize(4).noneMatch(String::isBlank);
              assertThat(testsIn(row.get(3))).isNotEmpty();
              assertThat(existing).containsAll(testsIn(row.get(3)));
            });
  }

  @Test
  void everyDefectThatWasFound_hasARow() {
    Stream<String> python = IntStream.rangeClosed(1, 56).mapToObj(number -> "P" + number);
    Stream<String> js = IntStream.rangeClosed(1, 21).mapToObj(number -> "J" + number);

    assertThat(rows.stream().flatMap(row -> Stream.of(row.get(0).split(", "))))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Stream.concat(python, js).toList());
  }

  private static List<String> testsIn(String cell) {
    return Pattern.compile("\\w+#\\w+").matcher(cell).results().map(MatchResult::group).toList();
  }
}
