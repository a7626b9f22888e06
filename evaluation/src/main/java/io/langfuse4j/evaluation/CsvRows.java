package io.langfuse4j.evaluation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.langfuse4j.evaluation.DatasetFiles.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines below a line of names. */
final class CsvRows implements DatasetFiles.Rows {

  private final Path file;
  private final CsvReader<NamedCsvRecord> reader;
  private final Iterator<NamedCsvRecord> records;
  private long line = 1;

  private CsvRows(Path file, CsvReader<NamedCsvRecord> reader) {
    this.file = file;
    this.reader = reader;
    this.records = reader.iterator();
  }

  static CsvRows open(Path file) {
    try {
      return new CsvRows(file, CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      NamedCsvRecord record = records.next();
      line = record.getStartingLineNumber();
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (String name : record.getHeader()) {
        String cell = record.findField(name).orElse("");
        fields.put(name.strip(), cell.isEmpty() ? null : cell);
      }
      return new Row(line, fields);
    } catch (CsvParseException e) {
      throw DatasetFiles.wrong(file, line, "no valid CSV: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
