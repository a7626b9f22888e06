package io.langfuse4j.media;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Stands for a file in a trace or dataset item; its text is the form that Langfuse's SDKs and
 * viewers know: {@code @@@langfuseMedia:type=image/png|id=…|source=bytes@@@}.
 *
 * @param mediaId 22 characters made from the content's hash
 * @param contentType such as {@code image/png}
 * @param source where the content came from: {@code bytes}, {@code file} or {@code base64_data_uri}
 */
public record LangfuseMediaReference(String mediaId, String contentType, String source) {

  /** How the text begins. */
  public static final String PREFIX = "@@@langfuseMedia:";

  /** How the text ends. */
  public static final String SUFFIX = "@@@";

  public LangfuseMediaReference {
    Objects.requireNonNull(mediaId, "mediaId");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(source, "source");
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static LangfuseMediaReference parse(String text) {
    if (!text.startsWith(PREFIX)
        || !text.endsWith(SUFFIX)
        || text.length() < PREFIX.length() + SUFFIX.length()) {
      throw unreadable(text);
    }
    String fields = text.substring(PREFIX.length(), text.length() - SUFFIX.length());
    Map<String, String> values = new HashMap<>();
    for (String field : fields.split("\\|", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        values.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    String id = values.get("id");
    String type = values.get("type");
    String source = values.get("source");
    if (id == null || type == null || source == null) {
      throw unreadable(text);
    }
    return new LangfuseMediaReference(id, type, source);
  }

  private static IllegalArgumentException unreadable(String text) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return new IllegalArgumentException(
        "not a media reference: expected @@@langfuseMedia:type=…|id=…|source=…@@@, given " + shown);
  }

  @Override
  public String toString() {
    return PREFIX + "type=" + contentType + "|id=" + mediaId + "|source=" + source + SUFFIX;
  }
}
