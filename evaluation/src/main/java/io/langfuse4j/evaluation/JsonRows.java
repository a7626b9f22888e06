package io.langfuse4j.evaluation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.evaluation.DatasetFiles.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects in a list, or one after another. */
final class JsonRows implements DatasetFiles.Rows {

  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private final InputStream bytes;
  private final MappingIterator<Map<String, @Nullable Object>> objects;

  private JsonRows(InputStream bytes, MappingIterator<Map<String, @Nullable Object>> objects) {
    this.bytes = bytes;
    this.objects = objects;
  }

  static JsonRows open(Path file, ObjectMapper json) {
    try {
      InputStream bytes = Files.newInputStream(file);
      return new JsonRows(bytes, json.readerFor(OBJECT).readValues(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (!objects.hasNextValue()) {
      return null;
    }
    long line = objects.getCurrentLocation().getLineNr();
    return new Row(line, objects.nextValue());
  }

  @Override
  public void close() throws IOException {
    objects.close();
    bytes.close();
  }
}
