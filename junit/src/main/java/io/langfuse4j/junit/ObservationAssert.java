package io.langfuse4j.junit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.Level;
import io.langfuse4j.ObservationType;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/** Asserts on one observation. */
public final class ObservationAssert
    extends AbstractAssert<ObservationAssert, RecordedObservation> {

  private static final ObjectMapper JSON = new ObjectMapper();

  ObservationAssert(RecordedObservation actual) {
    super(actual, ObservationAssert.class);
  }

  public ObservationAssert hasType(ObservationType<?> type) {
    return equal("type", actual.type(), type.wireName());
  }

  public ObservationAssert hasModel(String model) {
    return equal("model", actual.model(), model);
  }

  /** The input as it was recorded. */
  public ObservationAssert hasInput(String input) {
    return equal("input", actual.input(), input);
  }

  /** The output as it was recorded. */
  public ObservationAssert hasOutput(String output) {
    return equal("output", actual.output(), output);
  }

  /** The input as JSON, whatever the order of fields and the blanks. */
  public ObservationAssert hasInputJson(String json) {
    return equal("input", read(actual.input()), read(json));
  }

  /** The output as JSON, whatever the order of fields and the blanks. */
  public ObservationAssert hasOutputJson(String json) {
    return equal("output", read(actual.output()), read(json));
  }

  /** Part of the input as JSON, by its pointer, for example {@code /messages/0/role}. */
  public ObservationAssert hasInputAt(String pointer, String text) {
    return equal("input" + pointer, at(actual.input(), pointer), text);
  }

  /** Part of the output as JSON, by its pointer. */
  public ObservationAssert hasOutputAt(String pointer, String text) {
    return equal("output" + pointer, at(actual.output(), pointer), text);
  }

  /** Units of one bucket. */
  public ObservationAssert hasUsage(String bucket, long units) {
    return equal("usage of " + bucket, actual.usage().get(bucket), units);
  }

  /** US dollars of one bucket, to a millionth of a cent. */
  public ObservationAssert hasCost(String bucket, double dollars) {
    Assertions.assertThat(actual.cost().get(bucket))
        .as("cost of %s of %s", bucket, actual)
        .isNotNull()
        .isCloseTo(dollars, Offset.offset(1e-8));
    return this;
  }

  public ObservationAssert hasLevel(Level level) {
    return equal("level", actual.level(), level.name());
  }

  /** It failed with a message that contains this. */
  public ObservationAssert failedWith(String message) {
    hasLevel(Level.ERROR);
    Assertions.assertThat(actual.statusMessage()).as("message of %s", actual).contains(message);
    return this;
  }

  public ObservationAssert hasMetadata(String key, @Nullable Object value) {
    return equal(
        "metadata " + key,
        actual.metadata(key),
        value instanceof Integer i ? i.longValue() : value);
  }

  public ObservationAssert hasUserId(String userId) {
    return equal("user id", actual.userId(), userId);
  }

  public ObservationAssert hasSessionId(String sessionId) {
    return equal("session id", actual.sessionId(), sessionId);
  }

  public ObservationAssert hasTags(String... tags) {
    Assertions.assertThat(actual.tags()).as("tags of %s", actual).containsExactly(tags);
    return this;
  }

  /** It is linked to this version of a prompt. */
  public ObservationAssert hasPrompt(String name, int version) {
    equal("prompt", actual.promptName(), name);
    return equal("prompt version", actual.promptVersion(), (long) version);
  }

  private ObservationAssert equal(String what, @Nullable Object found, @Nullable Object expected) {
    Assertions.assertThat(found).as("%s of %s", what, actual).isEqualTo(expected);
    return this;
  }

  private static @Nullable String at(@Nullable String json, String pointer) {
    JsonNode node = read(json).at(pointer);
    return node.isMissingNode() ? null : node.isTextual() ? node.textValue() : node.toString();
  }

  private static JsonNode read(@Nullable String json) {
    try {
      return JSON.readTree(json == null ? "null" : json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
