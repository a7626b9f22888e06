package io.langfuse4j.internal.media;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.langfuse4j.media.LangfuseMedia;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds bare base64 in JSON, in the objects in which model providers and frameworks send files. The
 * JSON is read token by token and only the base64 itself is replaced, so that nothing else of the
 * text changes.
 */
final class ProviderShapes {

  /** Below this it is not worth a file, and may be a word. */
  private static final int SHORTEST_DATA = 32;

  private static final int LONGEST_LABEL = 200;

  /**
   * An object with a file.
   *
   * @param type what its {@code type} must be; null for any
   * @param parent names of the field that must hold the object; empty for any
   * @param data the field with the base64
   * @param contentType fields with the type, the first that is there counts
   * @param prefix goes before what the field says
   * @param otherwise the type if no field says it; null if one must
   */
  private record Shape(
      @Nullable String type,
      Set<String> parent,
      String data,
      List<String> contentType,
      String prefix,
      @Nullable String otherwise) {}

  private static final List<String> TYPE_FIELDS =
      List.of("media_type", "mime_type", "mimeType", "mediaType");

  private static final List<Shape> SHAPES =
      List.of(
          // Anthropic
          new Shape("base64", Set.of(), "data", TYPE_FIELDS, "", null),
          // Vertex
          new Shape("media", Set.of(), "data", TYPE_FIELDS, "", null),
          // Gemini
          new Shape(null, Set.of("inline_data", "inlineData"), "data", TYPE_FIELDS, "", null),
          // OpenAI: audio in, audio out, images API, image tool of the Responses API
          new Shape(null, Set.of("input_audio"), "data", List.of("format"), "audio/", "audio/wav"),
          new Shape(null, Set.of("audio"), "data", List.of("format"), "audio/", "audio/wav"),
          new Shape(null, Set.of(), "b64_json", List.of("output_format"), "image/", "image/png"),
          new Shape(
              "image_generation_call",
              Set.of(),
              "result",
              List.of("output_format"),
              "image/",
              "image/png"),
          // Vercel's AI SDK
          new Shape("file", Set.of(), "data", TYPE_FIELDS, "", null),
          new Shape("image", Set.of(), "image", TYPE_FIELDS, "", "image/png"),
          // OpenTelemetry's GenAI conventions
          new Shape("blob", Set.of(), "content", TYPE_FIELDS, "", null));

  private static final Set<String> LABELS =
      Set.of("type", "format", "output_format", "media_type", "mime_type", "mimeType", "mediaType");

  private static final Set<String> DATA = Set.of("data", "b64_json", "result", "image", "content");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(10_000)
                  .maxNestingDepth(1_000)
                  .build())
          .build();

  private ProviderShapes() {}

  /** What has been read of one object, or of an array in between. */
  private static final class Container {
    final @Nullable Container outer;
    final @Nullable String name;
    final Map<String, String> labels = new HashMap<>(4);
    final Map<String, Integer> data = new HashMap<>(2);
    @Nullable String field;

    Container(@Nullable Container outer) {
      this.outer = outer;
      this.name = outer == null ? null : outer.field;
    }
  }

  /** Whether the text is worth parsing. */
  static boolean mayBeIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return (c == '{' || c == '[') && Base64Text.mayHaveRun(text, SHORTEST_DATA);
      }
    }
    return false;
  }

  static void find(String text, MediaEdits edits) {
    try (JsonParser parser = JSON.createParser(text)) {
      Container current = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> current = new Container(current);
          case END_OBJECT, END_ARRAY -> {
            if (current != null) {
              closed(current, text, edits);
              current = current.outer;
            }
          }
          case FIELD_NAME -> {
            if (current != null) {
              current.field = parser.currentName();
            }
          }
          case VALUE_STRING -> {
            if (current != null) {
              text(current, parser);
            }
          }
          default -> {}
        }
      }
    } catch (IOException notJson) {
      // What was found before it ceased to be JSON is a file all the same.
    }
  }

  private static void text(Container container, JsonParser parser) throws IOException {
    String field = container.field;
    if (field == null) {
      return;
    }
    if (DATA.contains(field)) {
      container.data.put(field, (int) parser.currentTokenLocation().getCharOffset() + 1);
    } else if (LABELS.contains(field) && parser.getTextLength() <= LONGEST_LABEL) {
      container.labels.put(field, parser.getText());
    }
  }

  private static void closed(Container object, String text, MediaEdits edits) {
    if (object.data.isEmpty()) {
      return;
    }
    for (Shape shape : SHAPES) {
      Integer start = object.data.get(shape.data());
      String contentType = start == null ? null : contentType(object, shape);
      if (start != null && contentType != null) {
        add(text, start, contentType, edits);
        return;
      }
    }
  }

  /** The type of the file, or null if the object is not of this shape. */
  private static @Nullable String contentType(Container object, Shape shape) {
    if (shape.type() != null && !shape.type().equals(object.labels.get("type"))) {
      return null;
    }
    boolean anywhere = shape.parent().isEmpty();
    if (!anywhere && (object.name == null || !shape.parent().contains(object.name))) {
      return null;
    }
    for (String field : shape.contentType()) {
      String label = object.labels.get(field);
      if (label != null) {
        return shape.prefix() + label;
      }
    }
    return shape.otherwise();
  }

  /** A reference, URL or data URI has characters that base64 has not. */
  private static void add(String text, int start, String contentType, MediaEdits edits) {
    int end = Base64Text.end(text, start);
    boolean whole = end < text.length() && text.charAt(end) == '"';
    if (whole && end - start >= SHORTEST_DATA) {
      edits.add(start, end, LangfuseMedia.ofBase64(text.substring(start, end), contentType));
    }
  }
}
