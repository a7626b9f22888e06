package io.langfuse4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.experiment.ExperimentResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetFilesTest {

  @TempDir private Path folder;

  record Question(String country, Integer since) {}

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<DatasetItem<Question, String>> questions(Path file) {
    return DatasetFiles.items(file, Question.class, String.class).toList();
  }

  private static final DatasetItem<Question, String> FRANCE =
      DatasetItem.of(new Question("France", 843), "Paris")
          .withId("fr")
          .withMetadata(Map.of("level", "easy"));
  private static final DatasetItem<Question, String> PERU =
      DatasetItem.of(new Question("Peru", null), null);

  @Test
  void json_isAListOfItems() throws Exception {
    Path file =
        file(
            "a.json",
            "[{\"id\":\"fr\",\"input\":{\"country\":\"France\",\"since\":843},"
                + "\"expectedOutput\":\"Paris\",\"metadata\":{\"level\":\"easy\"}},\n"
                + "{\"input\":{\"country\":\"Peru\"}}]");

    assertThat(questions(file)).containsExactly(FRANCE, PERU);
  }

  @Test
  void jsonLines_areItems_blankLinesAreNone() throws Exception {
    Path file =
        file(
            "a.JSONL",
            "{\"id\":\"fr\",\"input\":{\"country\":\"France\",\"since\":843},"
                + "\"expected_output\":\"Paris\",\"metadata\":{\"level\":\"easy\"}}\n\n"
                + "{\"input\":{\"country\":\"Peru\"}}\n");

    assertThat(questions(file)).containsExactly(FRANCE, PERU);
  }

  @Test
  void csv_hasFieldsOfInputAndMetadataInColumnsOfTheirOwn() throws Exception {
    Path file =
        file(
            "a.csv",
            "\uFEFFid,input.country,input.since,expectedOutput,metadata.level\r\n"
                + "fr,France,843,Paris,easy\r\n,Peru,,,\r\n");

    assertThat(questions(file)).containsExactly(FRANCE, PERU);
  }

  @Test
  void csv_hasJsonInCells_unlessATextIsAskedFor() throws Exception {
    Path file =
        file(
            "a.csv",
            "input,expected_output\n\"{\"\"country\"\":\"\"Peru\"\"}\",\"[Lima, or \nso]\"\n");

    assertThat(questions(file))
        .containsExactly(DatasetItem.of(new Question("Peru", null), "[Lima, or \nso]"));
    assertThat(DatasetFiles.items(file, String.class, String.class))
        .extracting(DatasetItem::input)
        .containsExactly("{\"country\":\"Peru\"}");
  }

  @Test
  void rows_areAsTheyAre() throws Exception {
    assertThat(DatasetFiles.rows(file("a.csv", "country,capital\nPeru,Lima\n")))
        .containsExactly(Map.of("country", "Peru", "capital", "Lima"));
    assertThat(DatasetFiles.rows(file("a.ndjson", "{\"n\":1}"))).containsExactly(Map.of("n", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.jsonl | `{\"input\":{}}\n{\"input\":`                        | line 2: no valid JSON",
        "a.jsonl | `{\"input\":{}}\n{\"expectedOutput\":1}`             | line 2: no input",
        "a.json  | `[{\"input\":{},\"output\":1}]`                      | line 1: unknown [output]",
        "a.json  | `[{\"input\":{\"since\":\"long\"}}]`                 | line 1",
        "a.json  | `[{\"input\":{},\"metadata\":1}]`                    | metadata that is no object",
        "a.json  | `[1]`                                                | no valid JSON",
        "a.csv   | `input.country,capital\nPeru,Lima`                   | line 2: unknown [capital]",
        "a.csv   | `input\n{\"country\":`                               | line 2: no valid JSON",
        "a.csv   | `input,expectedOutput\na,b\nc`                       | a.csv, line",
      })
  void whatIsNoItem_isSaidWithItsLine(String name, String content, String message)
      throws Exception {
    Path file = file(name, content);

    assertThatThrownBy(() -> questions(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void otherFiles_andThoseThatAreNotThere_areRefused() {
    assertThatThrownBy(() -> DatasetFiles.rows(Path.of("a.xlsx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a.xlsx is none of .json, .jsonl, .ndjson and .csv.");
    for (String name : List.of("a.json", "a.csv")) {
      assertThatThrownBy(() -> DatasetFiles.rows(folder.resolve(name)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot be read");
    }
  }

  @ParameterizedTest
  @CsvSource({"a.jsonl", "a.csv"})
  void hundredThousandItems_areReadAsTheyAreUsed(String name) throws Exception {
    Path file = folder.resolve(name);
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      if (name.endsWith("csv")) {
        lines.write("input\n");
      }
      for (int i = 0; i < 100_000; i++) {
        lines.write(name.endsWith("csv") ? i + "\n" : "{\"input\":\"" + i + "\"}\n");
      }
      lines.write(name.endsWith("csv") ? "a,b,c\n" : "{");
    }

    try (Stream<DatasetItem<String, String>> items =
        DatasetFiles.items(file, String.class, String.class)) {
      assertThat(items.limit(99_000).mapToInt(item -> item.input().length()).sum())
          .isEqualTo(488_890 - 5 * 1_000);
    }
    assertThatThrownBy(
            () -> DatasetFiles.items(file, String.class, String.class).forEach(item -> {}))
        .hasMessageContaining(file + ", line 10000");
  }

  @Test
  void experiment_runsOverAFile() throws Exception {
    Path file = file("a.csv", "input,expectedOutput\na,A\nb,B\nc,X\n");

    try (Langfuse langfuse = Langfuse.builder().tracingEnabled(false).build()) {
      ExperimentResult<String, String, String> result =
          langfuse
              .experiment("upper")
              .data(DatasetFiles.items(file, String.class, String.class))
              .task(item -> item.input().toUpperCase(java.util.Locale.ROOT))
              .evaluator(Evaluators.exactMatch())
              .run();

      assertThat(result.mean("exact_match").orElseThrow()).isBetween(0.66, 0.67);
    }
  }
}
