package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Rows of the table of prompts, read. */
final class PromptRows {
  private PromptRows() {}

  static Prompt read(ResultSet row) throws SQLException {
    return read(row, Blobs.decode(row.getBytes("content")));
  }

  static Prompt readWithoutContent(ResultSet row) throws SQLException {
    return read(row, "null");
  }

  private static Prompt read(ResultSet row, String content) throws SQLException {
    return new Prompt(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        row.getInt("version"),
        Prompt.Type.valueOf(Rows.required(row, "type").toUpperCase(Locale.ROOT)),
        content,
        Rows.required(row, "config"),
        JsonText.strings(Rows.required(row, "labels")),
        JsonText.strings(Rows.required(row, "tags")),
        Rows.text(row, "commit_message"),
        Rows.required(row, "created_by"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
