package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.langfuse4j.conformance.ContractRun.Shown;
import io.langfuse4j.testing.ContractResults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/observe-matrix.md} says what the tests of the contracts of observed methods have
 * shown, for each way in. What ran before is compared with it, cell by cell. {@code
 * -Dmatrix.write=true} writes it anew; what did not run keeps what is said of it.
 */
class ObserveMatrixTest {

  private static final String FILE = "docs/observe-matrix.md";
  private static final SortedSet<Integer> JDKS = new TreeSet<>(List.of(17, 21, 25));
  private static final String PASSED = "✔";
  private static final String NOTHING = "nothing was run";

  private static final String KOTLIN = "KotlinContract";
  private static final String CARRIED = "CarriedContextContract";
  private static final String NO_SUSPENDING_FUNCTION =
      "what a function is wrapped with has no `suspend` methods; an interface may have them";
  private static final String ONLY_THE_AGENT =
      "the agent alone reaches into executors; without it the application hands the context on, as"
          + " `docs/observe.md` says";

  /**
   * A way in.
   *
   * @param variant what its runs are told apart by from other runs of the same classes
   * @param tests the classes that extend the contracts
   * @param without why there are no tests of a contract
   */
  private record Way(
      String title, String variant, List<String> tests, Map<String, String> without) {

    boolean has(ContractRun run) {
      return tests.contains(run.className()) && variant.equals(run.variant());
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way(
              "function",
              "",
              List.of(
                  "io.langfuse4j.ObservedFunctionsTest", "io.langfuse4j.async.AsyncFunctionsTest"),
              Map.of(KOTLIN, NO_SUSPENDING_FUNCTION, CARRIED, ONLY_THE_AGENT)),
          new Way(
              "interface",
              "",
              List.of(
                  "io.langfuse4j.ObservedProxyTest",
                  "io.langfuse4j.async.AsyncProxyTest",
                  "io.langfuse4j.async.KotlinProxyTest"),
              Map.of(CARRIED, ONLY_THE_AGENT)),
          spring("Spring Boot 3.5", "boot-3"),
          spring("Spring Boot 4.1", "boot-4"),
          new Way(
              "CDI: Weld",
              "",
              List.of(
                  "io.langfuse4j.cdi.WeldObserveTest",
                  "io.langfuse4j.cdi.WeldAsyncTest",
                  "io.langfuse4j.cdi.WeldKotlinTest"),
              Map.of(CARRIED, ONLY_THE_AGENT)),
          new Way(
              "CDI: Quarkus",
              "",
              List.of(
                  "io.langfuse4j.examples.quarkus.contract.QuarkusObserveTest",
                  "io.langfuse4j.examples.quarkus.contract.QuarkusAsyncTest",
                  "io.langfuse4j.examples.quarkus.contract.QuarkusKotlinTest"),
              Map.of(CARRIED, ONLY_THE_AGENT)),
          new Way(
              "woven at build time",
              "",
              List.of(
                  "io.langfuse4j.weaving.WovenAtBuildTimeTest",
                  "io.langfuse4j.weaving.WovenAsyncTest$AtBuildTime",
                  "io.langfuse4j.weaving.WovenAsyncTest$KotlinAtBuildTime"),
              Map.of(CARRIED, ONLY_THE_AGENT)),
          agent("agent", "alone"),
          agent("agent before OpenTelemetry's", "before-opentelemetry"),
          agent("agent after OpenTelemetry's", "after-opentelemetry"),
          agent("agent attached at run time", "attached"));

  /** What the agent does, without the agent. */
  private static final List<String> NOT_IN_THE_TABLE =
      List.of(
          "io.langfuse4j.weaving.WovenAtLoadTimeTest",
          "io.langfuse4j.weaving.WovenAsyncTest$AtLoadTime",
          "io.langfuse4j.weaving.WovenAsyncTest$KotlinAtLoadTime");

  private static Way spring(String title, String variant) {
    return new Way(
        title,
        variant,
        List.of(
            "io.langfuse4j.spring.SpringObserveTest",
            "io.langfuse4j.spring.SpringAsyncTest",
            "io.langfuse4j.spring.SpringKotlinTest"),
        Map.of(CARRIED, ONLY_THE_AGENT));
  }

  private static Way agent(String title, String variant) {
    return new Way(
        title,
        variant,
        List.of(
            "io.langfuse4j.javaagent.AgentContract",
            "io.langfuse4j.javaagent.AgentAsyncContract",
            "io.langfuse4j.javaagent.AgentKotlinContract",
            "io.langfuse4j.javaagent.CarriedContextContract"),
        Map.of());
  }

  private final List<ContractRun> runs = ContractRun.all();

  /** What one way has shown on one JDK. */
  private SortedMap<Shown, String> results(Way way, int jdk) {
    SortedMap<Shown, String> results = new TreeMap<>();
    runs.stream()
        .filter(run -> way.has(run) && run.jdk() == jdk)
        .forEach(run -> results.putAll(run.results()));
    return results;
  }

  @Test
  void table_isWhatTheTestsHaveShown() throws IOException {
    assumeFalse(runs.isEmpty(), "no tests of a contract ran before");
    if (Boolean.getBoolean("matrix.write")) {
      Files.writeString(Repository.path(FILE), new Table(new Documented()).document());
    }
    Documented documented = new Documented();
    List<String> differences = new ArrayList<>();
    for (Way way : WAYS) {
      for (int jdk : JDKS) {
        differences.addAll(documented.differences(way, jdk, results(way, jdk)));
      }
    }

    assertThat(differences)
        .as("regenerate with -Dmatrix.write=true after the tests of all ways in")
        .isEmpty();
  }

  @Test
  void everyRun_isOfAWayInTheTable() {
    assertThat(runs)
        .extracting(ContractRun::className)
        .filteredOn(name -> !NOT_IN_THE_TABLE.contains(name))
        .allMatch(name -> WAYS.stream().anyMatch(way -> way.tests().contains(name)));
  }

  @Test
  void everyTestInTheTable_exists() {
    List<String> sources =
        Repository.testSources().stream()
            .map(file -> file.toString().replaceAll("[/\\\\]", "."))
            .toList();
    for (Way way : WAYS) {
      assertThat(way.tests())
          .allSatisfy(
              name ->
                  assertThat(sources)
                      .anyMatch(s -> s.endsWith("." + name.replaceAll("\\$.*", "") + ".java")));
    }
  }

  @Test
  void everyCell_isATestOrAReason() {
    Documented documented = new Documented();

    assertThat(documented.rows).hasSizeGreaterThan(100);
    assertThat(documented.reasons.values()).doesNotContain(NOTHING, ContractResults.FAILED);
    assertThat(documented.rows.values())
        .allSatisfy(
            cells ->
                assertThat(cells)
                    .hasSize(WAYS.size())
                    .allMatch(
                        cell ->
                            cell.matches(PASSED + "( \\d+(, \\d+)*)?")
                                || documented.reasons.containsKey(cell)));
  }

  /** The two cells by which a row is found. */
  private static String key(Shown shown) {
    return title(shown) + " " + shownBy(shown);
  }

  private static String title(Shown shown) {
    return shown.result().isEmpty() ? words(shown.test().split("_")[0]) : shown.result();
  }

  private static String behaviour(Shown shown) {
    String test = shown.test();
    return words(shown.result().isEmpty() ? test.substring(test.indexOf('_') + 1) : test);
  }

  private static String shownBy(Shown shown) {
    return "`" + shown.contract() + "#" + shown.test() + "`";
  }

  /** {@code closedEarly_keepsWhatCame} as words. */
  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1 $2")
        .toLowerCase(Locale.ROOT)
        .replace("_", ": ");
  }

  /** The table as it is in the documentation. */
  private static final class Documented {

    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    Documented() {
      if (!Files.exists(Repository.path(FILE))) {
        return;
      }
      MarkdownTable.rows(FILE).stream()
          .filter(row -> row.size() == WAYS.size() + 3)
          .forEach(
              row ->
                  rows.put(
                      row.get(0) + " " + row.get(row.size() - 1), row.subList(2, row.size() - 1)));
      Repository.read(FILE)
          .lines()
          .filter(line -> line.matches("\\d+\\. .*"))
          .forEach(line -> reasons.put(line.split("\\.")[0], line.replaceFirst("\\d+\\. ", "")));
    }

    /** The tests of the rows. */
    Stream<Shown> tests() {
      return rows.keySet().stream()
          .map(
              key -> {
                String[] test = key.replaceAll(".*`(.*)`", "$1").split("#");
                Shown shown = new Shown(test[0], test[1], "");
                return key(shown).equals(key)
                    ? shown
                    : new Shown(test[0], test[1], key.substring(0, key.indexOf(" `")));
              });
    }

    List<String> differences(Way way, int jdk, SortedMap<Shown, String> results) {
      List<String> differences = new ArrayList<>();
      results.forEach(
          (shown, result) -> {
            String said = said(way, jdk, key(shown));
            boolean same =
                result.equals(ContractResults.OK) || said.equals(ContractResults.OK)
                    ? said.equals(result)
                    : said.equals(result) || said.equals(PASSED);
            if (!same) {
              differences.add(
                  "%s on JDK %s, %s: %s, documented: %s"
                      .formatted(way.title(), jdk, key(shown), result, said));
            }
          });
      List<String> keys = results.keySet().stream().map(ObserveMatrixTest::key).toList();
      results.keySet().stream()
          .map(Shown::contract)
          .distinct()
          .forEach(
              contract ->
                  rows.keySet().stream()
                      .filter(row -> row.contains("`" + contract + "#") && !keys.contains(row))
                      .forEach(row -> differences.add(way.title() + " has no test of " + row)));
      return differences;
    }

    /** That it passed, that it passed on other JDKs, or why there is no test. */
    private String said(Way way, int jdk, String key) {
      List<String> row = rows.get(key);
      if (row == null) {
        return NOTHING;
      }
      String cell = row.get(WAYS.indexOf(way));
      if (!cell.startsWith(PASSED)) {
        return reasons.getOrDefault(cell, NOTHING);
      }
      boolean everywhere = cell.equals(PASSED);
      return everywhere || List.of(cell.substring(2).split(", ")).contains(String.valueOf(jdk))
          ? ContractResults.OK
          : PASSED;
    }
  }

  /** The table as it should be. */
  private final class Table {

    private final Documented before;
    private final List<String> reasons = new ArrayList<>();

    Table(Documented before) {
      this.before = before;
    }

    String document() {
      StringBuilder text = new StringBuilder();
      text.append("# What the tests of observed methods have shown\n\n")
          .append("Written from the tests that ran, by `./mvnw verify -Dmatrix.write=true`; ")
          .append("`ObserveMatrixTest` compares. Every way in runs\n")
          .append("the same contract. ")
          .append(PASSED)
          .append(": the test in the last column passed this way in, on JDK ")
          .append(JDKS.stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .append("\nor on those in the cell. A number: why there is none, below.\n\n");
      List<String> headings = new ArrayList<>(List.of("result", "behaviour"));
      WAYS.forEach(way -> headings.add(way.title()));
      headings.add("test");
      line(text, headings);
      line(text, headings.stream().map(heading -> "---").toList());
      rows().forEach(shown -> line(text, row(shown)));
      text.append("\nWhere there is no test:\n\n");
      for (int i = 0; i < reasons.size(); i++) {
        text.append(i + 1).append(". ").append(reasons.get(i)).append('\n');
      }
      text.append("\n| way in | the classes that extend the contracts |\n|---|---|\n");
      WAYS.forEach(
          way -> line(text, List.of(way.title(), "`" + String.join("`, `", way.tests()) + "`")));
      return text.toString();
    }

    private SortedSet<Shown> rows() {
      SortedSet<Shown> rows = new TreeSet<>();
      WAYS.forEach(way -> JDKS.forEach(jdk -> rows.addAll(results(way, jdk).keySet())));
      Set<String> ran = rows.stream().map(Shown::contract).collect(Collectors.toSet());
      before.tests().filter(shown -> !ran.contains(shown.contract())).forEach(rows::add);
      return rows;
    }

    private List<String> row(Shown shown) {
      List<String> cells = new ArrayList<>(List.of(title(shown), behaviour(shown)));
      WAYS.forEach(way -> cells.add(cell(way, shown)));
      cells.add(shownBy(shown));
      return cells;
    }

    private String cell(Way way, Shown shown) {
      Map<Integer, String> byJdk = new TreeMap<>();
      JDKS.forEach(jdk -> byJdk.put(jdk, result(way, jdk, shown)));
      List<Integer> passed =
          JDKS.stream().filter(jdk -> byJdk.get(jdk).equals(ContractResults.OK)).toList();
      if (passed.size() == JDKS.size()) {
        return PASSED;
      }
      if (!passed.isEmpty()) {
        return PASSED
            + " "
            + passed.stream().map(String::valueOf).collect(Collectors.joining(", "));
      }
      String reason = byJdk.get(JDKS.first());
      if (!reasons.contains(reason)) {
        reasons.add(reason);
      }
      return String.valueOf(reasons.indexOf(reason) + 1);
    }

    private String result(Way way, int jdk, Shown shown) {
      SortedMap<Shown, String> results = results(way, jdk);
      if (results.containsKey(shown)) {
        return results.get(shown);
      }
      return way.without().getOrDefault(shown.contract(), before.said(way, jdk, key(shown)));
    }
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
