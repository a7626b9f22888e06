package io.langfuse4j.server.store.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.store.LenientJson;
import io.langfuse4j.server.store.sql.Blobs;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** What SQL asks of compressed content. */
final class SqlFunctions {
  private static final ObjectMapper MAPPER = LenientJson.mapper();

  private SqlFunctions() {}

  static void install(Connection connection) throws SQLException {
    Function.create(connection, "metadata_value", new MetadataValue());
    Aggregates.install(connection);
  }

  /** metadata_value(blob, key): the entry as text, or NULL. */
  private static final class MetadataValue extends Function {
    @Override
    protected void xFunc() throws SQLException {
      byte[] blob = value_blob(0);
      String value = blob == null ? null : lookUp(Blobs.decode(blob), value_text(1));
      if (value == null) {
        result();
      } else {
        result(value);
      }
    }

    private static @Nullable String lookUp(String json, String key) {
      try {
        JsonNode node = MAPPER.readTree(json);
        // Observations keep their metadata inside a larger object.
        if (node.path("flatMetadata").isTextual()) {
          node = MAPPER.readTree(node.path("metadata").asText());
        }
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
          return null;
        }
        return value.isTextual() ? value.asText() : value.toString();
      } catch (JsonProcessingException e) {
        return null;
      }
    }
  }
}
