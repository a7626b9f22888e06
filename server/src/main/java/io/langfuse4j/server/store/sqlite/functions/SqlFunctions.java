package io.langfuse4j.server.store.sqlite.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.model.Observation.ToolCall;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.store.LenientJson;
import io.langfuse4j.server.store.common.Details;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Blobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** What SQL asks of compressed content. */
public final class SqlFunctions {
  private static final ObjectMapper MAPPER = LenientJson.mapper();

  private SqlFunctions() {}

  public static void install(Connection connection) throws SQLException {
    Function.create(connection, "metadata_value", new MetadataValue());
    Function.create(connection, "metadata_number", new MetadataNumber());
    Function.create(connection, "content_text", new ContentText());
    Function.create(connection, "contains_any_case", new ContainsAnyCase());
    Function.create(connection, "tool_names", new ToolNames());
    Function.create(connection, "tool_count", new ToolCount());
    Function.create(connection, "experiment_value", new ExperimentValue());
    Aggregates.install(connection);
  }

  /** Answers with text or NULL. */
  private abstract static class OfBlob extends Function {
    final @Nullable String content() throws SQLException {
      return Blobs.decodeNullable(value_blob(0));
    }

    final Details details() throws SQLException {
      byte[] blob = value_blob(0);
      return Details.decode(blob == null ? null : Blobs.bytes(blob));
    }

    final void answer(@Nullable String text) throws SQLException {
      if (text == null) {
        result();
      } else {
        result(text);
      }
    }
  }

  /** content_text(blob): the text, or NULL. */
  private static final class ContentText extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      answer(content());
    }
  }

  /** contains_any_case(text, part): whether the part is in the text, in whichever case. */
  private static final class ContainsAnyCase extends Function {
    @Override
    protected void xFunc() throws SQLException {
      String text = value_text(0);
      String part = value_text(1).toLowerCase(Locale.ROOT);
      result(text != null && text.toLowerCase(Locale.ROOT).contains(part) ? 1 : 0);
    }
  }

  /** tool_names(details, called): the names as a JSON array. */
  private static final class ToolNames extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      Tools tools = details().toolsOrNone();
      answer(
          JsonText.write(
              value_int(1) == 1
                  ? tools.calls().stream().map(ToolCall::name).toList()
                  : List.copyOf(tools.definitions().keySet())));
    }
  }

  /** tool_count(details, called): how many. */
  private static final class ToolCount extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      Tools tools = details().toolsOrNone();
      result(value_int(1) == 1 ? tools.calls().size() : tools.definitions().size());
    }
  }

  /** experiment_value(details, property): id, name or datasetId, or NULL. */
  private static final class ExperimentValue extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      Experiment experiment = details().experiment();
      answer(experiment == null ? null : value(experiment, value_text(1)));
    }

    private static @Nullable String value(Experiment experiment, String property) {
      return switch (property) {
        case "id" -> experiment.id();
        case "name" -> experiment.name();
        default -> experiment.datasetId();
      };
    }
  }

  /** metadata_number(blob, key): the entry if it is a number, or NULL. */
  private static final class MetadataNumber extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      String content = content();
      String text = content == null ? null : MetadataValue.lookUp(content, value_text(1));
      try {
        if (text == null) {
          result();
        } else {
          result(Double.parseDouble(text));
        }
      } catch (NumberFormatException e) {
        result();
      }
    }
  }

  /** metadata_value(blob, key): the entry as text, or NULL. */
  private static final class MetadataValue extends OfBlob {
    @Override
    protected void xFunc() throws SQLException {
      String content = content();
      answer(content == null ? null : lookUp(content, value_text(1)));
    }

    static @Nullable String lookUp(String json, String key) {
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
