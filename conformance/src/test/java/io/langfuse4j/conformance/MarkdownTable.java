package io.langfuse4j.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the tables in a Markdown file, headings left out. */
final class MarkdownTable {

  private MarkdownTable() {}

  static List<List<String>> rows(String file) {
    return rows(Repository.read(file).lines());
  }

  private static List<List<String>> rows(Stream<String> lines) {
    List<String> table = lines.filter(line -> line.startsWith("|")).toList();
    return table.stream()
        .filter(line -> !line.matches("[|\\-: ]+"))
        .filter(line -> !isHeading(table, line))
        .map(MarkdownTable::cells)
        .toList();
  }

  private static boolean isHeading(List<String> table, String line) {
    int next = table.indexOf(line) + 1;
    return next < table.size() && table.get(next).matches("[|\\-: ]+");
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|"))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }
}
