package io.langfuse4j.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON of data that must arrive whole, such as the items of a dataset: nothing is cut, and what
 * cannot be written is refused. {@link ContentEncoder} is for content that is only looked at.
 *
 * <p>Thread-safe.
 */
public final class PlainJson {

  /** Where a writer collects files. */
  private static final Object MEDIA = new Object();

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(times())
          .registerModule(files())
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);

  private PlainJson() {}

  /** The text of {@code value}; throws {@link IllegalArgumentException} if it has none. */
  public static String write(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** As {@link #write}, over several lines. */
  public static String writePretty(@Nullable Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Maps, lists, strings, numbers, booleans and null; throws if the text is no JSON. */
  public static @Nullable Object read(String text) throws IOException {
    return JSON.readValue(text, Object.class);
  }

  /** {@code value} as maps and lists, or as an object of {@code type}. */
  public static <T> @Nullable T convert(@Nullable Object value, Class<T> type) {
    return type.isInstance(value) ? type.cast(value) : JSON.convertValue(value, type);
  }

  /**
   * The files in {@code value}, wherever they are.
   *
   * @throws IllegalArgumentException if it has no JSON form, or a file no content
   */
  public static List<LangfuseMedia> mediaIn(@Nullable Object value) {
    List<LangfuseMedia> found = new ArrayList<>();
    try {
      JSON.writer().withAttribute(MEDIA, found).writeValue(OutputStream.nullOutputStream(), value);
    } catch (IOException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getMessage(), e);
    }
    return found;
  }

  /** References are written and read as the text that Langfuse's SDKs and viewers know. */
  private static SimpleModule files() {
    SimpleModule module = new SimpleModule("langfuse4j-files");
    module.addSerializer(LangfuseMedia.class, new MediaAsReference());
    add(module, LangfuseMediaReference.class, LangfuseMediaReference::parse);
    return module;
  }

  /** Writes the reference of a file, and takes note of the file if asked to. */
  private static final class MediaAsReference extends StdScalarSerializer<LangfuseMedia> {

    private static final long serialVersionUID = 1;

    private MediaAsReference() {
      super(LangfuseMedia.class);
    }

    @Override
    @SuppressWarnings("unchecked") // nobody else sets the attribute
    public void serialize(LangfuseMedia media, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!media.isUsable()) {
        throw JsonMappingException.from(
            json, "a file of the type " + media.contentType() + " has no content");
      }
      List<LangfuseMedia> found = (List<LangfuseMedia>) provider.getAttribute(MEDIA);
      if (found != null) {
        found.add(media);
      }
      json.writeString(media.toString());
    }
  }

  private static SimpleModule times() {
    SimpleModule module = new SimpleModule("langfuse4j-times");
    add(module, Instant.class, text -> OffsetDateTime.parse(text).toInstant());
    add(module, OffsetDateTime.class, OffsetDateTime::parse);
    add(module, ZonedDateTime.class, ZonedDateTime::parse);
    add(module, LocalDateTime.class, LocalDateTime::parse);
    add(module, LocalDate.class, LocalDate::parse);
    add(module, LocalTime.class, LocalTime::parse);
    add(module, Duration.class, Duration::parse);
    return module;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parser) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new Parsed<>(type, parser));
  }

  /** Reads what {@code toString()} wrote. */
  private static final class Parsed<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1;
    private final transient Function<String, T> parser;

    private Parsed(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getValueAsString();
      try {
        return parser.apply(text == null ? "" : text);
      } catch (RuntimeException e) {
        throw JsonMappingException.from(json, "not a " + handledType().getSimpleName(), e);
      }
    }
  }
}
