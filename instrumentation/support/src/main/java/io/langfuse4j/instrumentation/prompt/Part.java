package io.langfuse4j.instrumentation.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part of the content of a message. */
public sealed interface Part {

  /** A text. */
  record Text(String text) implements Part {}

  /**
   * An image, audio or other file: at an address, or given as such.
   *
   * @param mediaType such as {@code image/png}; null if not known, as for most addresses
   * @param url null if {@code base64} is there
   * @param base64 null if {@code url} is there
   * @param detail how closely to look, such as {@code low}; null if not given
   * @param fileName null if not given
   */
  record Media(
      Kind kind,
      @Nullable String mediaType,
      @Nullable String url,
      @Nullable String base64,
      @Nullable String detail,
      @Nullable String fileName)
      implements Part {

    /** The address, or the content as a data URI. */
    public String uri() {
      return url != null ? url : "data:" + mediaType + ";base64," + base64;
    }
  }

  /** What a library has types for. */
  enum Kind {
    IMAGE,
    AUDIO,
    FILE
  }

  /** The parts of a content: a text, a list of parts, or null. */
  static List<Part> of(int message, @Nullable Object content) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof Iterable<?> several) {
      several.forEach(each -> parts.add(part(message, each)));
    } else if (content != null) {
      parts.add(part(message, content));
    }
    return List.copyOf(parts);
  }

  private static Part part(int message, @Nullable Object given) {
    if (given instanceof CharSequence text) {
      return new Text(text.toString());
    }
    Map<?, ?> fields = given instanceof Map<?, ?> map ? map : Map.of();
    String type = Objects.toString(fields.get("type"), "");
    Part part =
        switch (type) {
          case "text", "input_text", "output_text" ->
              fields.get("text") == null ? null : new Text(fields.get("text").toString());
          case "image_url", "input_image" -> openAiImage(fields);
          case "image" -> anthropicImage(fields.get("source"));
          case "input_audio" -> openAiAudio(fields.get("input_audio"));
          case "file", "input_file" -> openAiFile(fields);
          default ->
              throw Turn.refused(
                  message, "of the part type '" + type + "' it is not known what it holds");
        };
    if (part == null) {
      throw Turn.refused(message, "a part of the type '" + type + "' has no content");
    }
    return part;
  }

  /** {@code image_url} is an object in chats, a string in responses. */
  private static @Nullable Part openAiImage(Map<?, ?> fields) {
    Object image = fields.get("image_url");
    return image instanceof Map<?, ?> map
        ? media(Kind.IMAGE, map.get("url"), map.get("detail"), null)
        : media(Kind.IMAGE, image, fields.get("detail"), null);
  }

  private static @Nullable Part anthropicImage(@Nullable Object source) {
    if (!(source instanceof Map<?, ?> map)) {
      return null;
    }
    return map.get("data") == null
        ? media(Kind.IMAGE, map.get("url"), null, null)
        : new Media(
            Kind.IMAGE,
            Objects.toString(map.get("media_type"), "image/png"),
            null,
            map.get("data").toString(),
            null,
            null);
  }

  private static @Nullable Part openAiAudio(@Nullable Object audio) {
    if (!(audio instanceof Map<?, ?> map) || map.get("data") == null) {
      return null;
    }
    String format = Objects.toString(map.get("format"), "wav").toLowerCase(Locale.ROOT);
    return new Media(Kind.AUDIO, "audio/" + format, null, map.get("data").toString(), null, null);
  }

  private static @Nullable Part openAiFile(Map<?, ?> fields) {
    Map<?, ?> file = fields.get("file") instanceof Map<?, ?> map ? map : fields;
    Object content = file.get("file_data") == null ? file.get("file_url") : file.get("file_data");
    return media(Kind.FILE, content, null, file.get("filename"));
  }

  private static @Nullable Part media(
      Kind kind, @Nullable Object uri, @Nullable Object detail, @Nullable Object fileName) {
    if (uri == null) {
      return null;
    }
    String address = uri.toString();
    String detailText = detail == null ? null : detail.toString();
    String fileNameText = fileName == null ? null : fileName.toString();
    int comma = address.indexOf(";base64,");
    return address.startsWith("data:") && comma > 0
        ? new Media(
            kind,
            address.substring("data:".length(), comma),
            null,
            address.substring(comma + ";base64,".length()),
            detailText,
            fileNameText)
        : new Media(kind, null, address, null, detailText, fileNameText);
  }
}
