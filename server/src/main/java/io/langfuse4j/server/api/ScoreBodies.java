package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.mapping.Environments;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.model.Score.Subject;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.store.ScoreStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads scores from bodies and holds them against their configs. */
final class ScoreBodies {
  private static final int LONGEST_TEXT = 500;

  private final ScoreStore store;

  ScoreBodies(ScoreStore store) {
    this.store = store;
  }

  /**
   * The score in a body.
   *
   * @param id for a score whose body names none
   * @throws InvalidBodyException if the body breaks the schema
   * @throws ApiException if it contradicts its config, or there is no such config
   */
  Score read(String project, JsonNode body, String id, Instant timestamp) {
    BodyFields fields = new BodyFields(body);
    String givenId = fields.text("id");
    String name = fields.requiredText("name");
    DataType givenType = fields.option("dataType", DataType.class);
    String configId = fields.text("configId");
    Source source = source(fields, configId);
    Subject subject = subject(fields);
    String comment = fields.text("comment");
    String queueId = fields.text("queueId");
    String environment = fields.text("environment");
    JsonNode value = fields.get("value");
    if (givenType != null || configId == null) {
      checkValue(fields, givenType == null ? typeOf(fields, value) : givenType, value);
    }
    if (givenType == DataType.CORRECTION && configId != null) {
      fields.issue("custom", List.of("configId"), "A correction cannot have a config");
    }
    fields.check();
    ScoreConfig config = configId == null ? null : config(project, configId);
    DataType type = typeWith(config, givenType, fields, value);
    return new Score(
        givenId == null ? id : givenId,
        subject,
        name,
        type,
        number(type, value, config),
        words(type, value),
        source,
        null,
        comment,
        fields.metadata(),
        configId,
        queueId,
        Environments.normalise(environment),
        timestamp);
  }

  private static Source source(BodyFields fields, @Nullable String configId) {
    Source source = fields.option("source", Source.class);
    if (source == Source.EVAL) {
      fields.issue(
          "invalid_value",
          List.of("source"),
          "Invalid option: expected one of \"API\"|\"ANNOTATION\"");
    }
    if (source == Source.ANNOTATION && configId == null) {
      fields.issue("custom", List.of("configId"), "An annotation needs a configId");
    }
    return source == null ? Source.API : source;
  }

  private static Subject subject(BodyFields fields) {
    String traceId = given(fields.text("traceId"));
    String observationId = given(fields.text("observationId"));
    String sessionId = given(fields.text("sessionId"));
    String runId = given(fields.text("datasetRunId"));
    int targets = (traceId == null ? 0 : 1) + (sessionId == null ? 0 : 1) + (runId == null ? 0 : 1);
    if (targets != 1 || observationId != null && traceId == null) {
      fields.issue(
          "custom",
          List.of("traceId", "sessionId", "datasetRunId", "observationId"),
          "Expected exactly one of traceId (with or without observationId), sessionId and"
              + " datasetRunId");
    }
    return new Subject(traceId, observationId, sessionId, runId);
  }

  private static @Nullable String given(@Nullable String id) {
    return id == null || id.isEmpty() ? null : id;
  }

  private static @Nullable DataType typeOf(BodyFields fields, JsonNode value) {
    if (value.isNumber()) {
      return DataType.NUMERIC;
    }
    if (value.isTextual()) {
      return DataType.CATEGORICAL;
    }
    fields.invalidType(List.of("value"), "number", value);
    return null;
  }

  private static void checkValue(BodyFields fields, @Nullable DataType type, JsonNode value) {
    if (type == null) {
      return;
    }
    boolean number = type == DataType.NUMERIC || type == DataType.BOOLEAN;
    if (number ? !isNumber(value) : !value.isTextual()) {
      fields.invalidType(List.of("value"), number ? "number" : "string", value);
    } else if (type == DataType.BOOLEAN && value.doubleValue() != 0 && value.doubleValue() != 1) {
      fields.issue("custom", List.of("value"), "The value of a boolean must be 0 or 1");
    } else if (type == DataType.TEXT) {
      int length = value.textValue().length();
      if (length < 1 || length > LONGEST_TEXT) {
        fields.issue(
            length < 1 ? "too_small" : "too_big",
            List.of("value"),
            "Text must have 1 to " + LONGEST_TEXT + " characters");
      }
    }
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue());
  }

  private ScoreConfig config(String project, String id) {
    ScoreConfig config = store.scoreConfig(project, id);
    if (config == null) {
      throw ApiException.notFound("Score config not found within authorized project");
    }
    if (config.archived()) {
      throw ApiException.invalidRequest(
          "Score config " + id + " is archived: restore it or use another one");
    }
    return config;
  }

  private static DataType typeWith(
      @Nullable ScoreConfig config, @Nullable DataType given, BodyFields fields, JsonNode value) {
    if (config == null) {
      return given != null ? given : value.isNumber() ? DataType.NUMERIC : DataType.CATEGORICAL;
    }
    if (given != null && given != config.dataType()) {
      throw ApiException.invalidRequest(
          "The config's data type is " + config.dataType() + ", the score's " + given);
    }
    checkValue(fields, config.dataType(), value);
    fields.check();
    checkBounds(config, value);
    return config.dataType();
  }

  private static void checkBounds(ScoreConfig config, JsonNode value) {
    if (config.dataType() == DataType.CATEGORICAL && category(config, value.textValue()) == null) {
      throw ApiException.invalidRequest(
          "'" + value.textValue() + "' is none of the config's categories");
    }
    if (config.dataType() == DataType.NUMERIC) {
      Double least = config.minValue();
      Double most = config.maxValue();
      if (least != null && value.doubleValue() < least
          || most != null && value.doubleValue() > most) {
        throw ApiException.invalidRequest(
            String.format(
                Locale.ROOT,
                "%s is outside of the config's range from %s to %s",
                value.asText(),
                least == null ? "minus infinity" : least,
                most == null ? "infinity" : most));
      }
    }
  }

  private static ScoreConfig.@Nullable Category category(ScoreConfig config, String label) {
    return Objects.requireNonNullElse(config.categories(), List.<ScoreConfig.Category>of()).stream()
        .filter(category -> category.label().equals(label))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Double number(
      DataType type, JsonNode value, @Nullable ScoreConfig config) {
    return switch (type) {
      case NUMERIC, BOOLEAN -> value.doubleValue();
      case CATEGORICAL -> {
        ScoreConfig.Category category = config == null ? null : category(config, value.textValue());
        yield category == null ? 0.0 : category.value();
      }
      case TEXT, CORRECTION -> null;
    };
  }

  private static @Nullable String words(DataType type, JsonNode value) {
    return switch (type) {
      case NUMERIC -> null;
      case BOOLEAN -> value.doubleValue() == 1 ? "True" : "False";
      case CATEGORICAL, TEXT, CORRECTION -> io.langfuse4j.server.otlp.Json.text(value);
    };
  }
}
