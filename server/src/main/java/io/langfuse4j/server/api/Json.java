package io.langfuse4j.server.api;

import static io.langfuse4j.server.otlp.Json.mayBeContainer;
import static io.langfuse4j.server.otlp.Json.mayBeDocument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.store.LenientJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers. Content that is JSON text already is checked and passed through, never built into
 * a tree. Confined to one thread.
 */
public final class Json {
  private static final ObjectMapper MAPPER = LenientJson.mapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  /** Digits that a double holds, whatever they are; and up to which number it holds all. */
  private static final int EXACT_DIGITS = 15;

  private static final BigDecimal LARGEST_EXACT = new BigDecimal("9007199254740991");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Something that writes fields into an open object, or elements into an open array. */
  @FunctionalInterface
  public interface Part {
    void write(Json json) throws IOException;
  }

  /** One object as UTF-8. */
  public static byte[] object(Part fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      Json json = new Json(generator);
      json.generator.writeStartObject();
      fields.write(json);
      json.generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A request body; a missing node if it is not JSON. */
  public static JsonNode tree(InputStream body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON text that was accepted before. */
  static JsonNode stored(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored JSON cannot be read", e);
    }
  }

  public static String time(Instant instant) {
    return MILLIS.format(instant);
  }

  public Json field(String name, @Nullable String value) throws IOException {
    generator.writeStringField(name, value);
    return this;
  }

  public Json field(String name, @Nullable Instant value) throws IOException {
    return field(name, value == null ? null : time(value));
  }

  public Json field(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  public Json field(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  public Json field(String name, @Nullable Long value) throws IOException {
    generator.writeFieldName(name);
    if (value == null) {
      generator.writeNull();
    } else {
      generator.writeNumber(value);
    }
    return this;
  }

  public Json field(String name, @Nullable Integer value) throws IOException {
    return field(name, value == null ? null : Long.valueOf(value));
  }

  public Json field(String name, @Nullable Double value) throws IOException {
    return field(name, value == null ? null : BigDecimal.valueOf(value));
  }

  public Json field(String name, @Nullable BigDecimal value) throws IOException {
    generator.writeFieldName(name);
    if (value == null) {
      generator.writeNull();
    } else {
      number(value);
    }
    return this;
  }

  /** In seconds. */
  public Json seconds(String name, @Nullable Duration value) throws IOException {
    return field(name, value == null ? null : BigDecimal.valueOf(value.toMillis(), 3));
  }

  /** In milliseconds. */
  public Json millis(String name, @Nullable Duration value) throws IOException {
    return field(name, value == null ? null : Long.valueOf(value.toMillis()));
  }

  public Json nothing(String name) throws IOException {
    generator.writeNullField(name);
    return this;
  }

  public Json object(String name, Part fields) throws IOException {
    generator.writeObjectFieldStart(name);
    fields.write(this);
    generator.writeEndObject();
    return this;
  }

  public Json array(String name, Part elements) throws IOException {
    generator.writeArrayFieldStart(name);
    elements.write(this);
    generator.writeEndArray();
    return this;
  }

  public Json strings(String name, Collection<String> values) throws IOException {
    return array(
        name,
        json -> {
          for (String value : values) {
            generator.writeString(value);
          }
        });
  }

  public Json integers(String name, Collection<Integer> values) throws IOException {
    return array(
        name,
        json -> {
          for (int value : values) {
            generator.writeNumber(value);
          }
        });
  }

  /** An element of an open array. */
  public Json element(Part fields) throws IOException {
    generator.writeStartObject();
    fields.write(this);
    generator.writeEndObject();
    return this;
  }

  public Json units(String name, Map<String, Long> units) throws IOException {
    return object(
        name,
        json -> {
          for (Map.Entry<String, Long> entry : units.entrySet()) {
            json.field(entry.getKey(), entry.getValue());
          }
        });
  }

  public Json amounts(String name, Map<String, BigDecimal> amounts) throws IOException {
    return object(
        name,
        json -> {
          for (Map.Entry<String, BigDecimal> entry : amounts.entrySet()) {
            json.field(entry.getKey(), entry.getValue());
          }
        });
  }

  /** JSON text that is known to be valid. */
  public Json raw(String name, String json) throws IOException {
    generator.writeFieldName(name);
    generator.writeRawValue(json);
    return this;
  }

  /** JSON text that was accepted before; null if absent. */
  public Json rawOrNull(String name, @Nullable String json) throws IOException {
    return raw(name, json == null ? "null" : json);
  }

  /**
   * Text that is passed through if it parses as JSON, and is a string otherwise: also a number of
   * more digits than a double holds.
   */
  public Json parsed(String name, @Nullable String text) throws IOException {
    if (text != null && isJson(text)) {
      return raw(name, text);
    }
    return field(name, text);
  }

  /** As {@link #parsed}, but numbers and the like stay strings. */
  public Json parsedContainer(String name, @Nullable String text) throws IOException {
    return text != null && mayBeContainer(text) ? parsed(name, text) : field(name, text);
  }

  /** A JSON object text whose string entries are parsed once more where they parse. */
  public Json metadata(String name, String object) throws IOException {
    if (!(MAPPER.readTree(object) instanceof ObjectNode entries)) {
      return parsed(name, object);
    }
    return object(
        name,
        json -> {
          Iterator<Map.Entry<String, JsonNode>> fields = entries.fields();
          while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isTextual()) {
              json.parsed(field.getKey(), field.getValue().asText());
            } else {
              json.raw(field.getKey(), field.getValue().toString());
            }
          }
        });
  }

  /** A JSON object text of strings, each cut to a length unless it is among the exceptions. */
  Json flatMetadata(String name, String object, int longest, Collection<String> exceptions)
      throws IOException {
    JsonNode node = MAPPER.readTree(object);
    return object(
        name,
        json -> {
          Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
          while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String value = field.getValue().asText();
            boolean cut = value.length() > longest && !exceptions.contains(field.getKey());
            json.field(field.getKey(), cut ? value.substring(0, longest) : value);
          }
        });
  }

  private void number(BigDecimal value) throws IOException {
    BigDecimal plain = value.stripTrailingZeros();
    generator.writeNumber(plain.scale() < 0 ? plain.setScale(0) : plain);
  }

  /** Whether every client can read the number without losing digits: ids are often digits. */
  private static boolean isExact(JsonParser parser) throws IOException {
    String digits = parser.getText();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return digits.length() <= EXACT_DIGITS
          || (digits.length() <= EXACT_DIGITS + 2
              && new BigDecimal(digits).abs().compareTo(LARGEST_EXACT) <= 0);
    }
    return digits.length() <= EXACT_DIGITS;
  }

  private static boolean isJson(String text) {
    if (!mayBeDocument(text)) {
      return false;
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      boolean exact = !first.isNumeric() || isExact(parser);
      if (first.isScalarValue()) {
        parser.getText();
      }
      return parser.nextToken() == null && exact;
    } catch (IOException e) {
      return false;
    }
  }
}
