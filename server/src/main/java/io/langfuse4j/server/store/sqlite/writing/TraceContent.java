package io.langfuse4j.server.store.sqlite.writing;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Input, output and metadata of a trace. */
public record TraceContent(@Nullable String input, @Nullable String output, String metadata) {
  public static final TraceContent EMPTY = new TraceContent(null, null, "{}");

  public static TraceContent read(ResultSet row) throws SQLException {
    String metadata = Blobs.decodeNullable(Rows.blob(row, "metadata"));
    return new TraceContent(
        Blobs.decodeNullable(Rows.blob(row, "input")),
        Blobs.decodeNullable(Rows.blob(row, "output")),
        metadata == null ? "{}" : metadata);
  }

  TraceContent merge(TraceUpdate update) {
    return new TraceContent(
        later(input, update.input()),
        later(output, update.output()),
        JsonText.merge(metadata, update.metadata()));
  }
}
