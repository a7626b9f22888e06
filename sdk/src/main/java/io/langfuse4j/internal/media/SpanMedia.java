package io.langfuse4j.internal.media;

import io.langfuse4j.internal.NestedValues;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.media.LangfuseMedia;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files out of a span's attributes, whoever made the span, and leaves references.
 *
 * <p>Thread-safe.
 */
public final class SpanMedia {

  private static final Warnings warnings =
      new Warnings(Logger.getLogger(SpanMedia.class.getName()));

  /** No file is shorter, with all that says that it is one. */
  private static final int SHORTEST = 32;

  /** Types beside {@code text/…} whose content is text. */
  private static final Set<String> TEXT_TYPES =
      Set.of(
          "application/json",
          "application/xml",
          "application/javascript",
          "application/x-yaml",
          "application/x-ndjson",
          "image/svg+xml");

  private final HeldMedia held;
  private final @Nullable BinaryOperator<String> mask;

  /**
   * Creates one for a project.
   *
   * @param mask makes of a key and a text what may be sent; null if everything may
   */
  public SpanMedia(HeldMedia held, @Nullable BinaryOperator<String> mask) {
    this.held = held;
    this.mask = mask;
  }

  /**
   * A span without the files that were in it.
   *
   * @param files the files by the attribute that refers to them
   */
  public record Extracted(SpanData span, Map<AttributeKey<?>, List<LangfuseMedia>> files) {

    /**
     * What is to be uploaded now that the span is as it will be sent: a reference that a mask took
     * away takes its file along.
     */
    public List<MediaUpload> uploads(SpanData sent) {
      if (files.isEmpty()) {
        return List.of();
      }
      List<MediaUpload> uploads = new ArrayList<>();
      files.forEach(
          (key, media) -> {
            String text = String.valueOf(sent.getAttributes().get(key));
            String field = MediaField.of(key.getKey());
            media.stream()
                .filter(file -> text.contains(Objects.requireNonNull(file.mediaId())))
                .map(
                    file ->
                        MediaUpload.ofObservation(file, field, sent.getTraceId(), sent.getSpanId()))
                .distinct()
                .forEach(uploads::add);
          });
      return uploads;
    }
  }

  /** Never throws: what cannot be looked through stays as it is. */
  public Extracted extract(SpanData span) {
    Look look = new Look();
    span.getAttributes().forEach(look);
    return look.found ? extractFound(span) : new Extracted(span, Map.of());
  }

  /** Whether a span may hold files, which most do not. Confined to one span. */
  private final class Look implements BiConsumer<AttributeKey<?>, Object> {
    private boolean found;

    @Override
    public void accept(AttributeKey<?> key, Object value) {
      if (key.getType() == AttributeType.STRING) {
        found |= mayHoldFiles((String) value);
      } else if (key.getType() == AttributeType.STRING_ARRAY) {
        for (Object text : (List<?>) value) {
          found |= text != null && mayHoldFiles((String) text);
        }
      } else if (NestedValues.isHeldBy(key)) {
        found |= mayHoldFiles(NestedValues.text(value));
      }
    }
  }

  private boolean mayHoldFiles(String text) {
    return text.length() >= SHORTEST
        && (DataUris.mayBeIn(text) || ProviderShapes.mayBeIn(text) || held.mayBeIn(text));
  }

  private Extracted extractFound(SpanData span) {
    Map<AttributeKey<?>, List<LangfuseMedia>> files = new LinkedHashMap<>();
    AttributesBuilder changed = Attributes.builder();
    span.getAttributes().forEach((key, value) -> extract(key, value, files, changed));
    Attributes changes = changed.build();
    return new Extracted(
        changes.isEmpty()
            ? span
            : new WithoutFiles(span, span.getAttributes().toBuilder().putAll(changes).build()),
        files);
  }

  @SuppressWarnings("unchecked") // the type of a key says what its value is
  private void extract(
      AttributeKey<?> key,
      Object value,
      Map<AttributeKey<?>, List<LangfuseMedia>> files,
      AttributesBuilder changed) {
    if (NestedValues.isHeldBy(key)) {
      AttributeKey<String> asText = AttributeKey.stringKey(key.getKey());
      extract(asText, NestedValues.text(value), files, changed);
      return;
    }
    List<LangfuseMedia> found = new ArrayList<>();
    if (key.getType() == AttributeType.STRING) {
      String text = extract(key.getKey(), (String) value, found);
      if (!Objects.equals(text, value)) {
        changed.put((AttributeKey<String>) key, text);
      }
    } else if (key.getType() == AttributeType.STRING_ARRAY) {
      List<@Nullable String> texts =
          ((List<@Nullable String>) value)
              .stream().map(text -> extract(key.getKey(), text, found)).toList();
      if (!texts.equals(value)) {
        changed.put((AttributeKey<List<@Nullable String>>) key, texts);
      }
    }
    if (!found.isEmpty()) {
      files.put(key, found);
    }
  }

  private @Nullable String extract(String key, @Nullable String text, List<LangfuseMedia> found) {
    if (text == null || !mayHoldFiles(text)) {
      return text;
    }
    try {
      MediaEdits edits = new MediaEdits();
      DataUris.find(text, edits);
      if (ProviderShapes.mayBeIn(text)) {
        ProviderShapes.find(text, edits);
      }
      held.find(text, edits);
      return edits.apply(text, media -> reference(masked(key, media), found));
    } catch (RuntimeException | StackOverflowError e) {
      warnings.once(
          "media",
          "Files in observations could not be looked for: "
              + e.getClass().getName()
              + "; the value is sent as it is.");
      return text;
    }
  }

  private static String reference(LangfuseMedia media, List<LangfuseMedia> found) {
    if (media.isUsable()) {
      found.add(media);
    }
    return media.toString();
  }

  /** Text in a file is text that leaves. */
  private LangfuseMedia masked(String key, LangfuseMedia media) {
    byte[] content = media.content();
    if (mask == null || content == null || !isText(media.contentType())) {
      return media;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    String masked = mask.apply(key, text);
    return masked.equals(text)
        ? media
        : LangfuseMedia.of(masked.getBytes(StandardCharsets.UTF_8), media.contentType());
  }

  private static boolean isText(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || TEXT_TYPES.contains(type);
  }

  private static final class WithoutFiles extends DelegatingSpanData {
    private final Attributes attributes;

    WithoutFiles(SpanData span, Attributes attributes) {
      super(span);
      this.attributes = attributes;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }
  }
}
