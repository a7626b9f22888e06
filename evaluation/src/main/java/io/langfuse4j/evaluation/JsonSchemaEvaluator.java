package io.langfuse4j.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges whether outputs have the form that a JSON schema describes. */
public final class JsonSchemaEvaluator {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SHOWN = 5;

  private JsonSchemaEvaluator() {}

  /** {@link #of(String, String)} named {@code json_schema}. */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> of(String schema) {
    return of("json_schema", schema);
  }

  /**
   * Whether the output follows the schema; the comment says where it does not, up to five places. A
   * text is read as JSON, and one that is none does not follow; anything else is taken as it would
   * be written as JSON. Thread-safe.
   *
   * @param schema of the draft that its {@code $schema} names, 2020-12 without it. What it refers
   *     to must be inside it: nothing is fetched
   * @throws IllegalArgumentException if it is no JSON schema
   */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> of(
      String name, String schema) {
    JsonSchema parsed = parse(schema);
    return Evaluator.of(name, inputs -> judge(name, parsed, inputs.output()));
  }

  private static JsonSchema parse(String schema) {
    try {
      JsonNode node = JSON.readTree(schema);
      if (node == null || !node.isObject() && !node.isBoolean()) {
        throw new IllegalArgumentException("a JSON schema is an object");
      }
      VersionFlag draft =
          SpecVersionDetector.detectOptionalVersion(node, false).orElse(VersionFlag.V202012);
      check(draft, node);
      JsonSchema parsed =
          JsonSchemaFactory.getInstance(
                  draft,
                  builder ->
                      builder.schemaLoaders(
                          loaders -> loaders.add(DisallowSchemaLoader.getInstance())))
              .getSchema(node);
      parsed.initializeValidators();
      return parsed;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getOriginalMessage(), e);
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException("not a JSON schema: " + e.getMessage(), e);
    }
  }

  /** The schema against what its draft says of schemas, which is in the library's jar. */
  private static void check(VersionFlag draft, JsonNode schema) {
    Set<ValidationMessage> problems =
        JsonSchemaFactory.getInstance(draft)
            .getSchema(com.networknt.schema.SchemaLocation.of(draft.getId()))
            .validate(schema);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("not a JSON schema: " + shown(problems));
    }
  }

  private static Evaluation judge(String name, JsonSchema schema, @Nullable Object output) {
    JsonNode node;
    try {
      node =
          output instanceof CharSequence text
              ? JSON.readTree(text.toString())
              : JSON.valueToTree(output);
    } catch (JsonProcessingException e) {
      return Evaluation.of(name, false).comment("no JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return Evaluation.of(name, false).comment("no JSON: " + e.getMessage());
    }
    if (node.isMissingNode()) {
      return Evaluation.of(name, false).comment("no JSON: empty");
    }
    Set<ValidationMessage> problems = schema.validate(node);
    return problems.isEmpty()
        ? Evaluation.of(name, true)
        : Evaluation.of(name, false).comment(shown(problems));
  }

  private static String shown(Set<ValidationMessage> problems) {
    String shown =
        problems.stream()
            .limit(MOST_SHOWN)
            .map(ValidationMessage::getMessage)
            .collect(Collectors.joining("; "));
    return problems.size() > MOST_SHOWN
        ? shown + "; and " + (problems.size() - MOST_SHOWN) + " more"
        : shown;
  }
}
