package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.otlp.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A prompt that is to be added, as clients write it. */
final class PromptBody {
  private static final long BODY_LIMIT = 4_500_000;
  private static final int LONGEST_MESSAGE = 500;
  private static final int LONGEST_LABEL = 36;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_\\-.]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*\\}\\}");
  private static final Pattern MARKUP = Pattern.compile("<[^>]*>");
  private static final Set<String> RESERVED = Set.of("new", "metrics", "prompt-detail");

  private final BodyFields fields;

  private PromptBody(Request request) {
    this.fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
  }

  /**
   * @param older whether the older form of the API is spoken, in which a flag stands for the label
   *     {@code production}
   * @throws ApiException naming everything that is wrong
   */
  static Prompt.Draft parse(Request request, boolean older) {
    try {
      return new PromptBody(request).draft(older);
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  /** The labels that a request wants to add to a version. */
  static List<String> newLabels(Request request) {
    try {
      BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
      if (!fields.get("newLabels").isArray()) {
        fields.invalidType(List.of("newLabels"), "array", fields.get("newLabels"));
      }
      List<String> labels = labels(fields, "newLabels");
      if (labels.contains(Prompt.LATEST)) {
        fields.issue(
            "custom",
            List.of("newLabels"),
            "Label 'latest' is always assigned to the latest prompt version");
      }
      fields.check();
      return labels;
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  private Prompt.Draft draft(boolean older) {
    String name = name();
    Prompt.Type type = type();
    JsonNode content = fields.get("prompt");
    if (type == Prompt.Type.TEXT && !content.isTextual()) {
      fields.invalidType(List.of("prompt"), "string", content);
    }
    if (type == Prompt.Type.CHAT) {
      checkMessages(content);
    }
    List<String> labels = new ArrayList<>(labels(fields, "labels"));
    if (older && active()) {
      labels.add(Prompt.PRODUCTION);
    }
    List<String> tags = fields.has("tags") ? strings(fields, "tags") : null;
    JsonNode config = fields.get("config");
    String message = fields.text("commitMessage", LONGEST_MESSAGE);
    fields.check();
    if (type == Prompt.Type.CHAT) {
      checkNames(content);
    }
    return new Prompt.Draft(
        UUID.randomUUID().toString(),
        name,
        type,
        Json.wellFormed(content.toString()),
        config.isMissingNode() || config.isNull() ? "{}" : Json.wellFormed(config.toString()),
        labels.stream().distinct().toList(),
        tags,
        message,
        PromptGraph.references(content));
  }

  private boolean active() {
    Boolean active = fields.flag("isActive");
    if (active == null && !fields.has("isActive")) {
      fields.invalidType(List.of("isActive"), "boolean", fields.get("isActive"));
    }
    return Boolean.TRUE.equals(active);
  }

  private String name() {
    String name = fields.requiredText("name");
    @Nullable String problem = null;
    if (name.contains("|")) {
      problem = "Prompt name cannot contain '|' character";
    } else if (RESERVED.contains(name)) {
      problem = "Prompt name cannot be '" + name + "'";
    } else if (MARKUP.matcher(name).find()) {
      problem = "Text cannot contain HTML tags";
    } else if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
      problem = "Name cannot start or end with a slash, nor contain two in a row";
    }
    if (problem != null) {
      fields.issue("custom", List.of("name"), problem);
    }
    return name;
  }

  private Prompt.Type type() {
    String type = fields.text("type");
    if (type == null || "text".equals(type)) {
      return Prompt.Type.TEXT;
    }
    if (!"chat".equals(type)) {
      fields.issue(
          "invalid_value", List.of("type"), "Invalid option: expected one of \"text\"|\"chat\"");
    }
    return Prompt.Type.CHAT;
  }

  private void checkMessages(JsonNode messages) {
    if (!messages.isArray()) {
      fields.invalidType(List.of("prompt"), "array", messages);
      return;
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (isPlaceholder(message)) {
        String name = message.path("name").asText();
        if (!PLACEHOLDER.matcher(name).matches()) {
          fields.issue(
              "invalid_format",
              List.of("prompt", Integer.toString(i), "name"),
              "Placeholder name must start with a letter and contain only alphanumeric characters"
                  + " and underscores");
        }
      } else {
        checkMessage(message, Integer.toString(i));
      }
    }
  }

  private void checkMessage(JsonNode message, String index) {
    for (String field : List.of("role", "content")) {
      JsonNode value = message.path(field);
      if (!value.isTextual()) {
        fields.invalidType(List.of("prompt", index, field), "string", value);
      }
    }
  }

  private static boolean isPlaceholder(JsonNode message) {
    return "placeholder".equals(message.path("type").asText());
  }

  private static void checkNames(JsonNode messages) {
    Set<String> placeholders = new LinkedHashSet<>();
    Set<String> variables = new LinkedHashSet<>();
    for (JsonNode message : messages) {
      if (isPlaceholder(message)) {
        placeholders.add(message.path("name").asText());
      } else {
        Matcher matcher = VARIABLE.matcher(message.path("content").asText());
        while (matcher.find()) {
          variables.add(matcher.group(1));
        }
      }
    }
    variables.retainAll(placeholders);
    if (!variables.isEmpty()) {
      throw ApiException.invalidRequest(
          "Cannot create prompt, variables and placeholders must be unique, the following are"
              + " not: "
              + String.join(", ", variables));
    }
  }

  private static List<String> labels(BodyFields fields, String field) {
    List<String> labels = strings(fields, field);
    for (String label : labels) {
      if (label.length() > LONGEST_LABEL || !LABEL.matcher(label).matches()) {
        fields.issue(
            "invalid_format",
            List.of(field),
            "Label must be lowercase alphanumeric with optional underscores, hyphens, or periods,"
                + " of at most 36 characters");
      }
    }
    return labels;
  }

  private static List<String> strings(BodyFields fields, String field) {
    JsonNode given = fields.get(field);
    if (given.isMissingNode() || given.isNull()) {
      given = JsonNodeFactory.instance.arrayNode();
    }
    if (!given.isArray()) {
      fields.invalidType(List.of(field), "array", given);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : given) {
      if (element.isTextual()) {
        texts.add(Json.text(element));
      } else {
        fields.invalidType(List.of(field, Integer.toString(texts.size())), "string", element);
      }
    }
    return texts;
  }
}
