package io.langfuse4j.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.dataset.DatasetItem;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data of evaluations out of files: {@code .json}, a list of objects; {@code .jsonl} or
 * {@code .ndjson}, an object a line; {@code .csv}, with a line of names. UTF-8.
 *
 * <pre>{@code
 * langfuse.experiment("capitals")
 *     .data(DatasetFiles.items(Path.of("capitals.csv"), Question.class, String.class))
 * }</pre>
 *
 * <p>Streams read as they are used, so that files need not fit into memory. They close the file at
 * its end; close one that is not read to the end. A file that cannot be read is an {@link
 * UncheckedIOException}; one that says something else than is expected an {@link
 * IllegalArgumentException} which names the file and the line.
 */
public final class DatasetFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DatasetFiles() {}

  /** A row and where it begins, counted from 1. */
  record Row(long line, Map<String, @Nullable Object> fields) {}

  /** Rows of one file, in order. */
  interface Rows extends Closeable {

    /** The next one; null after the last. */
    @Nullable Row next() throws IOException;
  }

  /**
   * The items of a file: {@code input}, {@code expectedOutput} (or {@code expected_output}), {@code
   * metadata} and {@code id}, of which only the input must be there. In CSV, {@code input.country}
   * is a field of the input, an empty cell is no value, and a cell that begins with a brace or
   * bracket is JSON unless a {@code String} is asked for.
   *
   * @throws IllegalArgumentException if it is no kind of file that is known; the stream also throws
   *     it for a row with another field, without an input, or of another type
   */
  public static <I, E> Stream<DatasetItem<I, E>> items(
      Path file, Class<I> inputType, Class<E> expectedOutputType) {
    boolean csv = ending(file).equals("csv");
    return stream(file).map(row -> new ItemRow(file, row, csv).item(inputType, expectedOutputType));
  }

  /**
   * The objects or lines of a file as they are, for a mapping of one's own; all values of CSV are
   * texts.
   *
   * @throws IllegalArgumentException if it is no kind of file that is known
   */
  public static Stream<Map<String, @Nullable Object>> rows(Path file) {
    return stream(file).map(Row::fields);
  }

  private static String ending(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Stream<Row> stream(Path file) {
    Rows rows =
        switch (ending(file)) {
          case "json", "jsonl", "ndjson" -> JsonRows.open(file, JSON);
          case "csv" -> CsvRows.open(file);
          default ->
              throw new IllegalArgumentException(
                  file + " is none of .json, .jsonl, .ndjson and .csv.");
        };
    return StreamSupport.stream(new RowSpliterator(file, rows), false)
        .onClose(() -> close(file, rows));
  }

  private static void close(Path file, Rows rows) {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be closed", e);
    }
  }

  /** Ends, and closes the file, after the last row and after an exception. */
  private static final class RowSpliterator extends Spliterators.AbstractSpliterator<Row> {

    private final Path file;
    private final Rows rows;

    RowSpliterator(Path file, Rows rows) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.file = file;
      this.rows = rows;
    }

    @Override
    public boolean tryAdvance(java.util.function.Consumer<? super Row> action) {
      Row row = null;
      try {
        row = rows.next();
      } catch (JsonProcessingException e) {
        long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        throw wrong(file, line, "no valid JSON: " + e.getOriginalMessage(), e);
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be read", e);
      } finally {
        if (row == null) {
          close(file, rows);
        }
      }
      if (row == null) {
        return false;
      }
      action.accept(row);
      return true;
    }
  }

  static IllegalArgumentException wrong(
      Path file, long line, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        file + (line > 0 ? ", line " + line : "") + ": " + what, cause);
  }

  /** A row that is an item. */
  private record ItemRow(Path file, Row row, boolean csv) {

    <I, E> DatasetItem<I, E> item(Class<I> inputType, Class<E> expectedOutputType) {
      Map<String, @Nullable Object> fields = fields();
      Object input = value(fields.remove("input"), inputType);
      Object expected = value(expectedOutput(fields), expectedOutputType);
      Object metadata = value(fields.remove("metadata"), Map.class);
      Object id = fields.remove("id");
      if (!fields.isEmpty()) {
        throw wrong(
            file,
            row.line(),
            "unknown " + fields.keySet() + ", known are input, expectedOutput, metadata and id",
            null);
      }
      if (input == null) {
        throw wrong(file, row.line(), "no input", null);
      }
      DatasetItem<Object, Object> item = DatasetItem.of(input, expected);
      if (metadata instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        item = item.withMetadata(copy);
      } else if (metadata != null) {
        throw wrong(file, row.line(), "metadata that is no object", null);
      }
      try {
        return (id == null ? item : item.withId(id.toString())).as(inputType, expectedOutputType);
      } catch (IllegalArgumentException e) {
        throw wrong(file, row.line(), String.valueOf(e.getMessage()), e);
      }
    }

    private static @Nullable Object expectedOutput(Map<String, @Nullable Object> fields) {
      Object snake = fields.remove("expected_output");
      Object camel = fields.remove("expectedOutput");
      return camel == null ? snake : camel;
    }

    /** The fields, with those of CSV that have a dot inside those before it. */
    private Map<String, @Nullable Object> fields() {
      if (!csv) {
        return new LinkedHashMap<>(row.fields());
      }
      Map<String, @Nullable Object> nested = new LinkedHashMap<>();
      Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
      row.fields()
          .forEach(
              (name, value) -> {
                int dot = name.indexOf('.');
                if (value == null) {
                  return;
                }
                if (dot < 0) {
                  nested.put(name, value);
                } else {
                  objects
                      .computeIfAbsent(name.substring(0, dot), outer -> new LinkedHashMap<>())
                      .put(name.substring(dot + 1), value);
                }
              });
      nested.putAll(objects);
      return nested;
    }

    private @Nullable Object value(@Nullable Object value, Class<?> type) {
      boolean json =
          csv
              && type != String.class
              && value instanceof String text
              && (text.startsWith("{") || text.startsWith("["));
      if (!json) {
        return value;
      }
      try {
        return JSON.readValue((String) value, Object.class);
      } catch (JsonProcessingException e) {
        throw wrong(file, row.line(), "no valid JSON: " + e.getOriginalMessage(), e);
      }
    }
  }
}
