package io.langfuse4j.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one class has shown of the contracts that it extends, on one JDK: the file that {@code
 * io.langfuse4j.testing.ContractResults} left in its module.
 *
 * @param variant tells runs of one class in different surroundings apart, else empty
 * @param results of the tests; {@code ok}, {@code failed}, or why there was nothing to test
 */
record ContractRun(String className, String variant, int jdk, Map<Shown, String> results) {

  /**
   * A test of a contract.
   *
   * @param result the kind of result, if the test is run with several
   */
  record Shown(String contract, String test, String result) implements Comparable<Shown> {

    static final List<String> CONTRACTS =
        List.of("ObserveContract", "AsyncContract", "KotlinContract", "CarriedContextContract");

    boolean isOfAWayIn() {
      return CONTRACTS.contains(contract);
    }

    @Override
    public int compareTo(Shown other) {
      int byContract = CONTRACTS.indexOf(contract) - CONTRACTS.indexOf(other.contract);
      return byContract != 0
          ? byContract
          : (result + " " + test).compareTo(other.result + " " + other.test);
    }
  }

  static List<ContractRun> all() {
    try (Stream<Path> files = Files.walk(Repository.path(""), 5)) {
      return files
          .filter(file -> file.toString().matches(".*[/\\\\]contract-results[/\\\\].*\\.txt"))
          .sorted()
          .map(ContractRun::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContractRun read(Path file) {
    String[] name = file.getFileName().toString().replace(".txt", "").split("@", 3);
    Map<Shown, String> results = new TreeMap<>();
    for (String line : Repository.read(file).lines().toList()) {
      String[] cells = line.split("\t", 4);
      Shown shown = new Shown(cells[0], cells[1], cells[2]);
      if (shown.isOfAWayIn()) {
        results.put(shown, cells[3]);
      }
    }
    return new ContractRun(name[0], name[1], Integer.parseInt(name[2]), results);
  }
}
