package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what a dataset's items contain against the JSON schemas of the dataset (draft 7). */
final class ItemSchemas {
  private static final int MOST_SHOWN = 10;

  /** Nothing is ever loaded from elsewhere: a schema is only what the dataset's owner wrote. */
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V7,
          builder ->
              builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));

  /** What schemas themselves must follow, out of the library's jar. */
  private static final JsonSchema SCHEMA_OF_SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(SchemaLocation.of(SchemaId.V7));

  private ItemSchemas() {}

  /** Refuses what is no schema. */
  static void check(String field, @Nullable String schema) {
    if (schema != null) {
      parse(field, schema);
    }
  }

  private static JsonSchema parse(String field, String schema) {
    JsonNode node = Json.stored(schema);
    if (!node.isObject()) {
      throw ApiException.invalidRequest(field + " must be a JSON schema object");
    }
    Set<ValidationMessage> problems = SCHEMA_OF_SCHEMAS.validate(node);
    if (!problems.isEmpty()) {
      throw ApiException.invalidRequest(field + " is no valid JSON schema: " + shown(problems));
    }
    try {
      JsonSchema parsed = FACTORY.getSchema(node);
      parsed.initializeValidators();
      return parsed;
    } catch (JsonSchemaException e) {
      throw ApiException.invalidRequest(field + " is no valid JSON schema: " + e.getMessage());
    }
  }

  /** Refuses an item that does not follow its dataset's schemas. */
  static void validate(Dataset dataset, DatasetItem.Draft item) {
    validate("input", dataset.inputSchema(), "inputSchema", item.input());
    validate(
        "expectedOutput",
        dataset.expectedOutputSchema(),
        "expectedOutputSchema",
        item.expectedOutput());
  }

  private static void validate(
      String field, @Nullable String schema, String schemaField, @Nullable String content) {
    if (schema == null || content == null) {
      return;
    }
    Set<ValidationMessage> messages = parse(schemaField, schema).validate(Json.stored(content));
    if (!messages.isEmpty()) {
      throw ApiException.invalidRequest(
          "Dataset item validation failed for " + field + ": " + shown(messages));
    }
  }

  private static String shown(Set<ValidationMessage> messages) {
    return messages.stream()
        .limit(MOST_SHOWN)
        .map(ValidationMessage::getMessage)
        .collect(Collectors.joining("; "));
  }
}
