package io.langfuse4j.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A file to be shown with an observation. Put it anywhere into an input, output or metadata: the
 * bytes are uploaded in the background, once per content, and the observation holds a {@link
 * LangfuseMediaReference} in their place. Data URIs and the shapes in which model providers send
 * base64 are found without it; use it for bytes that are at hand anyway.
 *
 * <p>Content that cannot be used, such as a file that is not there, is said in the log and leaves a
 * marker in the observation; the application goes on. The bytes are not copied and must not be
 * changed afterwards. Immutable otherwise, and thread-safe.
 *
 * @see <a href="https://langfuse.com/docs/observability/features/multi-modality">Langfuse:
 *     multi-modality</a>
 */
public final class LangfuseMedia {

  private static final Logger logger = Logger.getLogger(LangfuseMedia.class.getName());
  private static final String UNKNOWN_TYPE = "unknown";

  private final String contentType;
  private final String source;
  private final byte @Nullable [] content;
  private @Nullable String sha256;

  private LangfuseMedia(String contentType, String source, byte @Nullable [] content) {
    this.contentType = contentType;
    this.source = source;
    this.content = content;
  }

  /**
   * Bytes of a content type.
   *
   * @param contentType such as {@code image/png}; Langfuse lists those that it takes
   */
  public static LangfuseMedia of(byte[] content, String contentType) {
    Objects.requireNonNull(content, "content");
    return new LangfuseMedia(
        Objects.requireNonNull(contentType, "contentType"),
        "bytes",
        content.length == 0 ? null : content);
  }

  /** A file, read now. */
  public static LangfuseMedia ofFile(Path file, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    byte[] content = null;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      logger.warning("Langfuse: the media file " + file + " cannot be read: " + e);
    }
    return new LangfuseMedia(contentType, "file", content);
  }

  /** A data URI: {@code data:image/png;base64,…}. Other than base64 is not supported. */
  public static LangfuseMedia ofDataUri(String dataUri) {
    int comma = dataUri.indexOf(',');
    String header = comma < 0 ? "" : dataUri.substring(0, comma).toLowerCase(Locale.ROOT);
    if (!header.startsWith("data:") || !header.endsWith(";base64")) {
      logger.warning(
          "Langfuse: not a data URI: expected data:<type>;base64,<data>, given a text of "
              + dataUri.length()
              + " characters.");
      return new LangfuseMedia(UNKNOWN_TYPE, "base64_data_uri", null);
    }
    String contentType = header.substring("data:".length(), header.indexOf(';'));
    return ofBase64(dataUri.substring(comma + 1), contentType, "base64_data_uri");
  }

  /**
   * Base64 as model providers send it, standard or URL-safe.
   *
   * @param contentType such as {@code audio/wav}
   */
  public static LangfuseMedia ofBase64(String base64, String contentType) {
    return ofBase64(base64, contentType, "bytes");
  }

  private static LangfuseMedia ofBase64(String base64, String contentType, String source) {
    Objects.requireNonNull(contentType, "contentType");
    byte[] content = null;
    try {
      byte[] text = base64.getBytes(StandardCharsets.ISO_8859_1);
      boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
      content = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    } catch (IllegalArgumentException e) {
      logger.warning(
          "Langfuse: media of type " + contentType + " is not valid base64; it is not uploaded.");
    }
    return new LangfuseMedia(contentType, source, content);
  }

  /** The type given, in lower case in a data URI; {@code unknown} if a data URI had none. */
  public String contentType() {
    return contentType;
  }

  /** Bytes; 0 if the content cannot be used. */
  public int contentLength() {
    return content == null ? 0 : content.length;
  }

  /** The content, not a copy; null if it cannot be used. */
  public byte @Nullable [] content() {
    return content;
  }

  /** Whether there is something to upload. */
  public boolean isUsable() {
    return content != null && content.length > 0;
  }

  /** The SHA-256 of the content in standard base64, 44 characters; null without content. */
  public synchronized @Nullable String sha256() {
    if (sha256 == null && content != null && content.length > 0) {
      sha256 = Base64.getEncoder().encodeToString(digest(content));
    }
    return sha256;
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The id that Langfuse gives this content: the same for the same bytes. Null without content. */
  public @Nullable String mediaId() {
    String hash = sha256();
    return hash == null ? null : hash.replace('+', '-').replace('/', '_').substring(0, 22);
  }

  /** What stands for it in a trace; null without content. */
  public @Nullable LangfuseMediaReference reference() {
    String id = mediaId();
    return id == null ? null : new LangfuseMediaReference(id, contentType, source);
  }

  /** The whole content as a data URI; null without content. */
  public @Nullable String dataUri() {
    return content == null || content.length == 0
        ? null
        : "data:" + contentType + ";base64," + Base64.getEncoder().encodeToString(content);
  }

  /** What an observation holds: the reference, or a marker if the content cannot be used. */
  @Override
  public String toString() {
    LangfuseMediaReference reference = reference();
    return reference == null
        ? "<Upload handling failed for LangfuseMedia of type " + contentType + ">"
        : reference.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LangfuseMedia media
        && contentType.equals(media.contentType)
        && source.equals(media.source)
        && Arrays.equals(content, media.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(contentType, source, contentLength());
  }
}
