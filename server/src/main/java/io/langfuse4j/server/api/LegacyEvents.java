package io.langfuse4j.server.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.mapping.Environments;
import io.langfuse4j.server.mapping.LegacyFields;
import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Source;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.otlp.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the events of older SDKs say about traces and observations. */
final class LegacyEvents {
  private static final int LONGEST_NAME = 1_000;

  /** Their events have no such fields, so whatever is there is not looked at. */
  private static final Set<ObservationType> LINKS_NO_PROMPT =
      Set.of(ObservationType.SPAN, ObservationType.EVENT);

  private LegacyEvents() {}

  /** The type in an event's name, such as {@code agent-create}; null if it names none. */
  static @Nullable ObservationType typeOf(String event) {
    int dash = event.lastIndexOf('-');
    String suffix = dash < 0 ? "" : event.substring(dash);
    if (!suffix.equals("-create") && !suffix.equals("-update")) {
      return null;
    }
    String name = event.substring(0, dash).toUpperCase(Locale.ROOT);
    for (ObservationType type : ObservationType.values()) {
      if (type.name().equals(name)) {
        return isSent(type, suffix) ? type : null;
      }
    }
    return null;
  }

  /** Only spans and generations are ever updated. */
  private static boolean isSent(ObservationType type, String suffix) {
    return suffix.equals("-create")
        || type == ObservationType.SPAN
        || type == ObservationType.GENERATION;
  }

  /** What a {@code trace-create} says. */
  static TraceUpdate trace(JsonNode body, String id, Instant eventTime) {
    BodyFields fields = new BodyFields(body);
    Instant timestamp = requireNonNullElse(fields.instant("timestamp"), eventTime);
    TraceUpdate update =
        new TraceUpdate(
            TraceUpdate.Kind.ROOT,
            id,
            timestamp,
            Environments.normalise(fields.text("environment")),
            fields.text("name", LONGEST_NAME),
            fields.text("userId"),
            fields.text("sessionId"),
            fields.text("version"),
            fields.text("release"),
            fields.flag("public"),
            tags(fields, body.path("tags")),
            truthy(body, "input", null),
            truthy(body, "output", null),
            fields.metadata());
    fields.check();
    return update;
  }

  private static List<String> tags(BodyFields fields, JsonNode given) {
    List<String> tags = new ArrayList<>();
    if (!given.isArray() && !given.isNull() && !given.isMissingNode()) {
      fields.invalidType(List.of("tags"), "array", given);
    }
    given.forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  /** The id of the trace that an event names; null if it names none. */
  static @Nullable String traceId(JsonNode body) {
    JsonNode id = body.path("traceId");
    return id.isTextual() && !id.textValue().isEmpty() ? id.textValue() : null;
  }

  /**
   * What an observation is after an event: present values win, where it is and when it began stays.
   *
   * @param before null if the event is the first that is known of it
   */
  static Observation observation(
      @Nullable Observation before,
      ObservationType type,
      JsonNode body,
      Identity identity,
      Instant eventTime) {
    BodyFields fields = new BodyFields(body);
    Instant start = requireNonNullElse(fields.instant("startTime"), eventTime);
    Observation blank = before != null ? before : blank(type, identity, start);
    String parent = requireNonNullElse(fields.text("parentObservationId"), "");
    String parentId = parent.isEmpty() ? blank.parentId() : parent;
    String environment =
        before != null ? before.environment() : Environments.normalise(fields.text("environment"));
    Level level = fields.option("level", Level.class);
    Observation observation =
        new Observation(
            new Identity(identity.traceId(), identity.id(), parentId),
            type,
            requireNonNullElse(fields.text("name"), blank.name()),
            new Timing(
                blank.timing().startTime(),
                or(fields.instant("endTime"), blank.timing().endTime()),
                or(fields.instant("completionStartTime"), blank.timing().completionStartTime())),
            level == null ? blank.level() : level,
            or(fields.text("statusMessage"), blank.statusMessage()),
            environment,
            or(fields.text("version"), blank.version()),
            blank.release(),
            content(body, fields.metadata(), blank.content()),
            modelCall(fields, body, type, blank.modelCall()),
            TraceAttributes.NONE,
            Tools.NONE,
            null,
            Source.UNKNOWN,
            parentId == null,
            false);
    fields.check();
    return observation;
  }

  private static Observation blank(ObservationType type, Identity identity, Instant start) {
    return new Observation(
        identity,
        type,
        "",
        new Timing(start, null, null),
        Level.DEFAULT,
        null,
        "default",
        null,
        null,
        Content.EMPTY,
        ModelCall.NONE,
        TraceAttributes.NONE,
        Tools.NONE,
        null,
        Source.UNKNOWN,
        true,
        false);
  }

  private static Content content(JsonNode body, String metadata, Content before) {
    ObjectNode merged = LegacyFields.merged(object(before.metadata()), object(metadata));
    return new Content(
        truthy(body, "input", before.input()),
        truthy(body, "output", before.output()),
        Json.text(merged),
        LegacyFields.flatMetadata(merged));
  }

  private static ObjectNode object(String json) {
    return Json.parse(json) instanceof ObjectNode object
        ? object
        : JsonNodeFactory.instance.objectNode();
  }

  /** The last value that JavaScript takes for true. */
  private static @Nullable String truthy(JsonNode body, String name, @Nullable String before) {
    JsonNode value = body.path(name);
    return Json.isTruthy(value) ? Json.text(value) : before;
  }

  private static ModelCall modelCall(
      BodyFields fields, JsonNode body, ObservationType type, ModelCall before) {
    JsonNode parameters = body.path("modelParameters");
    Map<String, Long> usage = LegacyFields.usage(body);
    Map<String, BigDecimal> cost = LegacyFields.cost(body);
    String promptName = fields.text("promptName");
    Integer promptVersion =
        LINKS_NO_PROMPT.contains(type) ? null : promptVersion(fields, promptName);
    return new ModelCall(
        or(fields.text("model"), before.model()),
        parameters.isObject() ? Json.text(parameters) : before.modelParameters(),
        usage.isEmpty() ? before.usage() : usage,
        cost.isEmpty() ? before.cost() : cost,
        promptVersion == null ? before.promptName() : promptName,
        promptVersion == null ? before.promptVersion() : promptVersion);
  }

  /** A whole number; it and the name come together or not at all. */
  private static @Nullable Integer promptVersion(BodyFields fields, @Nullable String name) {
    Double number = fields.number("promptVersion");
    boolean named = name != null && !name.isEmpty();
    boolean numbered = number != null && number != 0;
    if (number != null && number != Math.rint(number)) {
      fields.issue("invalid_type", List.of("promptVersion"), "Invalid input: expected int");
    } else if (named != numbered) {
      fields.issue("custom", List.of(), "Invalid input: promptName and promptVersion go together");
    }
    return named && number != null ? Integer.valueOf(number.intValue()) : null;
  }

  private static <T> @Nullable T or(@Nullable T newer, @Nullable T older) {
    return newer == null ? older : newer;
  }
}
