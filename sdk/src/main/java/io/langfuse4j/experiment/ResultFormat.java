package io.langfuse4j.experiment;

import io.langfuse4j.evaluator.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes results: the text of the other SDKs, a table, Markdown, JUnit's XML. */
final class ResultFormat {

  private static final int LONGEST = 50;
  private static final int WIDEST = 30;

  private final ExperimentResult<?, ?, ?> result;

  ResultFormat(ExperimentResult<?, ?, ?> result) {
    this.result = result;
  }

  String text(boolean includeItems) {
    if (result.items().isEmpty()) {
      return "No experiment results to display.";
    }
    StringBuilder out = new StringBuilder();
    if (includeItems) {
      result.items().forEach(item -> item(out, item));
    } else {
      out.append("Individual Results: Hidden (").append(result.items().size()).append(" items)\n");
      out.append("💡 Set format(true) to view them\n");
    }
    out.append('\n').append("─".repeat(LONGEST)).append('\n');
    out.append("🧪 Experiment: ").append(result.name()).append('\n');
    out.append("📋 Run name: ").append(result.runName());
    out.append(result.description() == null ? "" : " - " + result.description()).append('\n');
    out.append(result.items().size()).append(" items");
    int failed = result.failedItems().size();
    out.append(failed == 0 ? "" : ", " + failed + " failed").append('\n');
    metrics(out);
    if (!result.runEvaluations().isEmpty()) {
      out.append("\nRun Evaluations:\n");
      result.runEvaluations().forEach(evaluation -> evaluation(out, "  ", evaluation));
    }
    if (result.datasetRunUrl() != null) {
      out.append("\n🔗 Dataset Run:\n   ").append(result.datasetRunUrl()).append('\n');
    }
    return out.toString();
  }

  private void metrics(StringBuilder out) {
    if (result.metrics().isEmpty()) {
      return;
    }
    out.append("Evaluations:\n");
    result.metrics().forEach(metric -> out.append("  • ").append(metric).append('\n'));
    out.append("\nAverage Scores:\n");
    for (String metric : result.metrics()) {
      OptionalDouble mean = result.mean(metric);
      if (mean.isPresent()) {
        out.append("  • ").append(metric).append(": ").append(decimal(mean)).append('\n');
      }
    }
  }

  private static void item(StringBuilder out, ItemResult<?, ?, ?> item) {
    int number = item.index() + 1;
    out.append('\n').append(number).append(". Item ").append(number).append(":\n");
    out.append("   Input:    ").append(shortened(item.item().input(), LONGEST)).append('\n');
    if (item.item().expectedOutput() != null) {
      out.append("   Expected: ");
      out.append(shortened(item.item().expectedOutput(), LONGEST)).append('\n');
    }
    if (item.error() == null) {
      out.append("   Actual:   ").append(shortened(item.output(), LONGEST)).append('\n');
    } else {
      out.append("   Error:    ").append(shortened(item.error(), LONGEST)).append('\n');
    }
    if (!item.evaluations().isEmpty()) {
      out.append("   Scores:\n");
      item.evaluations().forEach(evaluation -> evaluation(out, "     ", evaluation));
    }
    if (item.traceId() != null) {
      out.append("\n   Trace ID: ").append(item.traceId()).append('\n');
    }
  }

  private static void evaluation(StringBuilder out, String margin, Evaluation evaluation) {
    out.append(margin).append("• ").append(evaluation.name()).append(": ");
    out.append(value(evaluation)).append('\n');
    if (evaluation.comment() != null) {
      out.append(margin).append("  💭 ").append(evaluation.comment()).append('\n');
    }
  }

  private static String value(Evaluation evaluation) {
    return evaluation.value() instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : evaluation.value().toString();
  }

  private static String decimal(OptionalDouble number) {
    return String.format(Locale.ROOT, "%.3f", number.orElse(0));
  }

  private static String shortened(@Nullable Object value, int longest) {
    String text = String.valueOf(ExperimentAttributes.text(value));
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest) + "...";
  }

  // Rows.

  private List<String> header() {
    List<String> cells = new ArrayList<>(List.of("#", "input", "expected", "output"));
    cells.addAll(result.metrics());
    return cells;
  }

  private List<String> row(ItemResult<?, ?, ?> item) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(item.index() + 1));
    cells.add(shortened(item.item().input(), WIDEST));
    Object expected = item.item().expectedOutput();
    cells.add(expected == null ? "" : shortened(expected, WIDEST));
    cells.add(shortened(item.isFailed() ? item.error() : item.output(), WIDEST));
    for (String metric : result.metrics()) {
      Evaluation evaluation = item.evaluation(metric);
      cells.add(evaluation == null ? "" : value(evaluation));
    }
    return cells;
  }

  private List<String> means() {
    List<String> cells = new ArrayList<>(List.of("", "mean", "", ""));
    for (String metric : result.metrics()) {
      OptionalDouble mean = result.mean(metric);
      cells.add(mean.isEmpty() ? "" : decimal(mean));
    }
    return cells;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header());
    result.items().forEach(item -> rows.add(row(item)));
    rows.add(means());
    return rows;
  }

  String table() {
    return table(rows());
  }

  /** Columns as wide as their widest cell. */
  static String table(List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("### ").append(result.name()).append("\n\n");
    out.append(result.runName()).append(": ").append(result.items().size()).append(" items, ");
    out.append(result.failedItems().size()).append(" failed");
    if (result.datasetRunUrl() != null) {
      out.append(", [run](").append(result.datasetRunUrl()).append(')');
    }
    out.append("\n\n");
    result
        .runEvaluations()
        .forEach(
            each ->
                out.append("- **")
                    .append(each.name())
                    .append("**: ")
                    .append(value(each))
                    .append('\n'));
    List<List<String>> rows = rows();
    markdownRow(out.append('\n'), rows.get(0));
    out.append("|---".repeat(rows.get(0).size())).append("|\n");
    rows.subList(1, rows.size()).forEach(row -> markdownRow(out, row));
    return out.toString();
  }

  private static void markdownRow(StringBuilder out, List<String> cells) {
    cells.forEach(cell -> out.append("| ").append(cell.replace("|", "\\|")).append(' '));
    out.append("|\n");
  }

  String junitXml() {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" tests=\"%d\" errors=\"%d\" failures=\"0\" skipped=\"0\">%n",
            xml(result.name()),
            result.items().size(),
            result.failedItems().size()));
    result.items().forEach(item -> testCase(out, item));
    return out.append("</testsuite>\n").toString();
  }

  private void testCase(StringBuilder out, ItemResult<?, ?, ?> item) {
    out.append(
        String.format(
            Locale.ROOT,
            "  <testcase classname=\"%s\" name=\"%d %s\" time=\"%.3f\">%n",
            xml(result.name()),
            item.index() + 1,
            xml(shortened(item.item().input(), LONGEST)),
            item.duration().toNanos() / 1e9));
    if (!item.evaluations().isEmpty()) {
      out.append("    <properties>\n");
      for (Evaluation evaluation : item.evaluations()) {
        out.append("      <property name=\"").append(xml(evaluation.name()));
        out.append("\" value=\"").append(xml(value(evaluation))).append("\"/>\n");
      }
      out.append("    </properties>\n");
    }
    if (item.error() != null) {
      out.append("    <error message=\"").append(xml(item.error().toString())).append("\"/>\n");
    }
    out.append("  </testcase>\n");
  }

  /** Without what XML cannot hold. */
  private static String xml(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n', '\r', '\t' -> out.append(' ');
                default -> {
                  boolean allowed =
                      c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
                  out.appendCodePoint(allowed ? c : '?');
                }
              }
            });
    return out.toString();
  }
}
