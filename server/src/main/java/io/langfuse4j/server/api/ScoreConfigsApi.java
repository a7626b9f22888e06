package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.model.ScoreConfig.Category;
import io.langfuse4j.server.store.ScoreStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/score-configs}. */
final class ScoreConfigsApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final List<Category> TRUE_AND_FALSE =
      List.of(new Category("True", 1), new Category("False", 0));

  private final ScoreStore store;
  private final Clock clock;

  ScoreConfigsApi(ScoreStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    List<ScoreConfig> configs = store.scoreConfigs(request.project(), page.limit(), page.offset());
    return Pages.of(
        page,
        store.countScoreConfigs(request.project()),
        json -> {
          for (ScoreConfig config : configs) {
            json.element(fields -> ScoreJson.config(fields, request.project(), config));
          }
        });
  }

  Response get(Request request) {
    return answer(request, find(request));
  }

  CompletionStage<Response> create(Request request) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    ScoreConfig blank =
        new ScoreConfig(
            UUID.randomUUID().toString(),
            "",
            DataType.NUMERIC,
            false,
            null,
            null,
            null,
            null,
            now,
            now);
    return write(request, blank, true);
  }

  CompletionStage<Response> update(Request request) {
    return write(request, find(request), false);
  }

  private CompletionStage<Response> write(Request request, ScoreConfig before, boolean isNew) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    ScoreConfig config;
    try {
      config = read(fields, before, isNew);
      fields.check();
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
    return store
        .writeScoreConfig(request.project(), config)
        .thenApply(done -> answer(request, config));
  }

  private ScoreConfig read(BodyFields fields, ScoreConfig before, boolean isNew) {
    String name = isNew || fields.has("name") ? fields.requiredText("name") : before.name();
    DataType type = isNew ? type(fields) : before.dataType();
    Boolean archived = fields.flag("isArchived");
    String description = fields.text("description");
    Double least = fields.number("minValue");
    Double most = fields.number("maxValue");
    List<Category> categories = categories(fields, type, before.categories());
    ScoreConfig config =
        new ScoreConfig(
            before.id(),
            name,
            type,
            archived == null ? before.archived() : archived,
            description == null ? before.description() : description,
            least == null ? before.minValue() : least,
            most == null ? before.maxValue() : most,
            categories,
            before.createdAt(),
            Instant.ofEpochMilli(clock.millis()));
    checkRange(fields, config);
    return config;
  }

  private static DataType type(BodyFields fields) {
    DataType type = fields.option("dataType", DataType.class);
    if (type == null && !fields.has("dataType")) {
      fields.invalidType(List.of("dataType"), "string", fields.get("dataType"));
    }
    if (type == DataType.CORRECTION) {
      fields.issue("invalid_value", List.of("dataType"), "A correction cannot have a config");
    }
    return type == null ? DataType.NUMERIC : type;
  }

  private static void checkRange(BodyFields fields, ScoreConfig config) {
    Double least = config.minValue();
    Double most = config.maxValue();
    if (config.dataType() != DataType.NUMERIC && (least != null || most != null)) {
      fields.issue("custom", List.of("minValue"), "Only numeric scores have a range");
    } else if (least != null && most != null && least >= most) {
      fields.issue("custom", List.of("maxValue"), "Maximum value must be greater than minimum");
    }
  }

  private static @Nullable List<Category> categories(
      BodyFields fields, DataType type, @Nullable List<Category> before) {
    JsonNode given = fields.get("categories");
    boolean absent = given.isMissingNode() || given.isNull();
    if (type == DataType.BOOLEAN) {
      if (!absent && !TRUE_AND_FALSE.equals(parse(fields, given))) {
        fields.issue(
            "custom", List.of("categories"), "Boolean scores have the categories True and False");
      }
      return TRUE_AND_FALSE;
    }
    if (type != DataType.CATEGORICAL) {
      if (!absent) {
        fields.issue("custom", List.of("categories"), "Only categorical scores have categories");
      }
      return null;
    }
    if (absent && before != null) {
      return before;
    }
    List<Category> categories = parse(fields, given);
    if (categories.isEmpty()) {
      fields.issue(
          "custom", List.of("categories"), "Categorical scores need at least one category");
    }
    return categories;
  }

  private static List<Category> parse(BodyFields fields, JsonNode given) {
    List<Category> categories = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (JsonNode element : given) {
      JsonNode label = element.path("label");
      JsonNode value = element.path("value");
      if (!label.isTextual() || label.textValue().isEmpty() || !value.isNumber()) {
        fields.issue("custom", List.of("categories"), "Categories have a label and a value");
      } else if (!seen.add(label.textValue()) || !seen.add(value.doubleValue())) {
        fields.issue(
            "custom", List.of("categories"), "Labels and values of categories must be unique");
      } else {
        categories.add(new Category(label.textValue(), value.doubleValue()));
      }
    }
    return categories;
  }

  private ScoreConfig find(Request request) {
    ScoreConfig config = store.scoreConfig(request.project(), request.pathParameter("configId"));
    if (config == null) {
      throw ApiException.notFound("Score config not found within authorized project");
    }
    return config;
  }

  private static Response answer(Request request, ScoreConfig config) {
    return Response.json(
        200, Json.object(json -> ScoreJson.config(json, request.project(), config)));
  }
}
