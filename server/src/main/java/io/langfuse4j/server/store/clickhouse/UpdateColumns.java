package io.langfuse4j.server.store.clickhouse;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.ObservationMerge;
import io.langfuse4j.server.store.common.Preview;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the observations table says about its trace, which is put together from all rows of
 * the trace when it is read. Content that the observation has too is not kept twice.
 */
final class UpdateColumns {
  private static final int SAME_INPUT = 1;
  private static final int SAME_OUTPUT = 2;

  private static final List<String> COLUMNS =
      List.of(
          "u_kind",
          "u_time",
          "u_environment",
          "u_name",
          "u_user_id",
          "u_session_id",
          "u_version",
          "u_release",
          "u_public",
          "u_tags",
          "u_same",
          "u_input",
          "u_output",
          "u_metadata");

  /** What {@link #read} needs beside the content, of {@code o}. */
  static final String READ = "o." + String.join(", o.", COLUMNS);

  private UpdateColumns() {}

  /**
   * @param content the observation's
   */
  static void put(ObjectNode row, TraceUpdate update, Content content) {
    row.put("u_kind", weight(update.kind()));
    RowValues.put(row, "u_time", update.timestamp());
    row.put("u_environment", update.environment());
    row.put("u_name", update.name());
    row.put("u_user_id", update.userId());
    row.put("u_session_id", update.sessionId());
    row.put("u_version", update.version());
    row.put("u_release", update.release());
    RowValues.put(row, "u_public", update.isPublic());
    RowValues.put(row, "u_tags", update.tags());
    boolean sameInput = update.input() != null && update.input().equals(content.input());
    boolean sameOutput = update.output() != null && update.output().equals(content.output());
    row.put("u_same", (sameInput ? SAME_INPUT : 0) | (sameOutput ? SAME_OUTPUT : 0));
    Preview preview = Preview.of(update);
    row.put("u_input_preview", preview.input());
    row.put("u_output_preview", preview.output());
    row.put("u_input", sameInput ? null : update.input());
    row.put("u_output", sameOutput ? null : update.output());
    row.put("u_metadata", update.metadata());
  }

  static TraceUpdate read(Row row) {
    long same = row.number("u_same");
    return new TraceUpdate(
        switch ((int) row.number("u_kind")) {
          case 2 -> TraceUpdate.Kind.ROOT;
          case 1 -> TraceUpdate.Kind.UPDATE;
          default -> TraceUpdate.Kind.FIRST_SIGHT;
        },
        row.required("trace_id"),
        row.requiredInstant("u_time"),
        row.required("u_environment"),
        row.text("u_name"),
        row.text("u_user_id"),
        row.text("u_session_id"),
        row.text("u_version"),
        row.text("u_release"),
        row.nullableFlag("u_public"),
        row.strings("u_tags"),
        (same & SAME_INPUT) != 0 ? row.text("input") : row.text("u_input"),
        (same & SAME_OUTPUT) != 0 ? row.text("output") : row.text("u_output"),
        row.required("u_metadata"));
  }

  /** What one span says about its trace once it has arrived again. */
  static @Nullable TraceUpdate merge(@Nullable TraceUpdate older, @Nullable TraceUpdate newer) {
    if (older == null || newer == null) {
      return older == null ? newer : older;
    }
    boolean weightier = weight(newer.kind()) > weight(older.kind());
    return new TraceUpdate(
        weightier ? newer.kind() : older.kind(),
        older.traceId(),
        newer.timestamp().isBefore(older.timestamp()) ? newer.timestamp() : older.timestamp(),
        weightier ? newer.environment() : older.environment(),
        later(older.name(), newer.name()),
        later(older.userId(), newer.userId()),
        later(older.sessionId(), newer.sessionId()),
        later(older.version(), newer.version()),
        later(older.release(), newer.release()),
        later(older.isPublic(), newer.isPublic()),
        ObservationMerge.union(older.tags(), newer.tags()),
        later(older.input(), newer.input()),
        later(older.output(), newer.output()),
        JsonText.merge(older.metadata(), newer.metadata()));
  }

  /** An id for what is said apart from any observation. */
  static String digest(TraceUpdate update) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(update.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int weight(TraceUpdate.Kind kind) {
    return switch (kind) {
      case FIRST_SIGHT -> 0;
      case UPDATE -> 1;
      case ROOT -> 2;
    };
  }
}
