package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.ReceivedFile;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.http.Upload;
import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MediaFiles.Draft;
import io.langfuse4j.server.store.MediaStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /api/public/media}: announces files, says where to put and get their bytes, and is that
 * place.
 */
final class MediaApi {
  private static final long BODY_LIMIT = 1L << 16;
  private static final long LONGEST = 1_000_000_000;
  private static final int ID_LENGTH = 22;
  private static final Set<String> FIELDS = Set.of("input", "output", "metadata");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private static final Set<String> TYPES =
      Stream.of(
              types("image", "png jpeg jpg webp gif svg+xml tiff bmp avif heic"),
              types("audio", "mpeg mp3 wav ogg oga aac mp4 flac opus webm"),
              types("video", "mp4 webm ogg mpeg quicktime x-msvideo x-matroska"),
              types("text", "plain html css csv markdown x-python x-typescript"),
              types(
                  "application",
                  "javascript x-yaml pdf msword vnd.ms-excel zip json xml octet-stream rtf x-ndjson"
                      + " vnd.apache.parquet gzip x-tar x-7z-compressed"
                      + " vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                      + " vnd.openxmlformats-officedocument.wordprocessingml.document"
                      + " vnd.openxmlformats-officedocument.presentationml.presentation"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** What a browser may show; everything else is offered for saving. */
  private static final Pattern HARMLESS =
      Pattern.compile("(image/(?!svg).*|audio/.*|video/.*|text/plain|application/pdf)");

  private final MediaStore store;
  private final MediaFiles files;
  private final MediaLinks links;
  private final long uploadLimit;

  /**
   * @param uploadLimit most bytes of a file
   */
  MediaApi(MediaStore store, MediaFiles files, MediaLinks links, long uploadLimit) {
    this.store = store;
    this.files = files;
    this.links = links;
    this.uploadLimit = uploadLimit;
  }

  private static Set<String> types(String type, String subtypes) {
    return Stream.of(subtypes.split(" "))
        .map(subtype -> type + "/" + subtype)
        .collect(Collectors.toSet());
  }

  CompletionStage<Response> announce(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      Media media = media(fields);
      Media.Use use = use(fields);
      fields.check();
      return store
          .announce(request.project(), media, use)
          .thenApply(announced -> announced(request, announced));
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  private Response announced(Request request, Media media) {
    String uploadUrl =
        media.uploadedAt() == null ? links.link(request, "PUT", media.id(), links.expiry()) : null;
    return Response.json(
        201, Json.object(json -> json.field("mediaId", media.id()).field("uploadUrl", uploadUrl)));
  }

  private Media media(BodyFields fields) {
    String type = fields.requiredText("contentType");
    if (!TYPES.contains(type)) {
      fields.issue("invalid_value", List.of("contentType"), "Invalid content type");
    }
    Double length = fields.number("contentLength");
    long most = Math.min(LONGEST, uploadLimit);
    if (length == null || length != Math.rint(length) || length < 1) {
      fields.issue(
          "too_small", List.of("contentLength"), "Expected a whole number of at least 1 byte");
    } else if (length > most) {
      fields.issue(
          "too_big", List.of("contentLength"), "Files may have at most " + most + " bytes");
    }
    byte[] hash = hash(fields);
    return new Media(
        Base64.getUrlEncoder().encodeToString(hash).substring(0, ID_LENGTH),
        HexFormat.of().formatHex(hash),
        type,
        length == null ? 0 : length.longValue(),
        null);
  }

  private static byte[] hash(BodyFields fields) {
    String text = Objects.requireNonNullElse(fields.text("sha256Hash"), "");
    try {
      byte[] hash = Base64.getDecoder().decode(text);
      if (hash.length == 32) {
        return hash;
      }
    } catch (IllegalArgumentException e) {
      // Said below together with other lengths.
    }
    fields.issue(
        "invalid_format",
        List.of("sha256Hash"),
        "SHA-256 hash must be a 44 character base64 encoded string");
    return new byte[32];
  }

  private static Media.Use use(BodyFields fields) {
    String field = fields.requiredText("field");
    String trace = fields.text("traceId");
    String item = fields.text("datasetItemId");
    if (!FIELDS.contains(field) && !(item != null && "expectedOutput".equals(field))) {
      fields.issue("invalid_value", List.of("field"), "Expected one of input, output and metadata");
    }
    if (trace == null && item == null) {
      fields.issue("custom", List.of("traceId"), "Expected a trace or an item of a dataset");
    }
    return new Media.Use(field, trace, fields.text("observationId"), item);
  }

  /** What a client says about its upload. We know ourselves whether the bytes came. */
  Response report(Request request) {
    if (store.media(request.project(), request.pathParameter("mediaId")) == null) {
      throw ApiException.notFound("Media asset not found");
    }
    return Response.json(200, Map.of("message", "OK"));
  }

  Response get(Request request) {
    Media media = store.media(request.project(), request.pathParameter("mediaId"));
    if (media == null) {
      throw ApiException.notFound("Media asset not found");
    }
    if (media.uploadedAt() == null) {
      throw ApiException.notFound("Media not yet uploaded");
    }
    Instant expiry = links.expiry();
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("mediaId", media.id())
                    .field("contentType", media.contentType())
                    .field("contentLength", media.contentLength())
                    .field("uploadedAt", media.uploadedAt())
                    .field("url", links.link(request, "GET", media.id(), expiry))
                    .field("urlExpiry", expiry)));
  }

  Upload upload() {
    return new Upload() {
      @Override
      public Path folder() {
        return files.drafts();
      }

      @Override
      public Expected expect(Request request) {
        String project = links.check(request, "PUT");
        Media media = found(project, request);
        String type = request.header("Content-Type");
        if (type != null && !type.equals(media.contentType())) {
          throw ApiException.invalidRequest("The content type is not the one that was announced");
        }
        return new Expected(media.contentLength(), file -> keep(project, media, file));
      }
    };
  }

  private CompletionStage<Response> keep(String project, Media media, ReceivedFile file) {
    Draft draft = new Draft(file.path(), file.length(), file.sha256());
    return CompletableFuture.runAsync(() -> files.keep(media, draft), files.executor())
        .thenCompose(kept -> store.uploaded(project, media.id()))
        .thenApply(uploaded -> Response.of(200, "text/plain", new byte[0]));
  }

  private Media found(String project, Request request) {
    Media media = store.media(project, request.pathParameter("mediaId"));
    if (media == null) {
      throw ApiException.notFound("Media asset not found");
    }
    return media;
  }

  CompletionStage<Response> content(Request request) {
    Media media = found(links.check(request, "GET"), request);
    if (media.uploadedAt() == null) {
      throw ApiException.notFound("Media not yet uploaded");
    }
    return CompletableFuture.supplyAsync(() -> content(request, media), files.executor());
  }

  private Response content(Request request, Media media) {
    String header = request.header("Range");
    Matcher range = RANGE.matcher(header == null ? "" : header.strip());
    if (range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return part(media, range);
    }
    return bytes(media, 200, 0, media.contentLength());
  }

  private Response part(Media media, Matcher range) {
    long size = media.contentLength();
    boolean suffix = range.group(1).isEmpty();
    long from =
        suffix
            ? Math.max(0, size - Long.parseLong(range.group(2)))
            : Long.parseLong(range.group(1));
    long last =
        suffix || range.group(2).isEmpty()
            ? size - 1
            : Math.min(size - 1, Long.parseLong(range.group(2)));
    if (from > last) {
      return Response.error(416, "The range is outside of the file", "RangeNotSatisfiable")
          .header("Content-Range", "bytes */" + size);
    }
    return bytes(media, 206, from, last - from + 1)
        .header("Content-Range", "bytes " + from + "-" + last + "/" + size);
  }

  private Response bytes(Media media, int status, long from, long length) {
    String shown = HARMLESS.matcher(media.contentType()).matches() ? "inline" : "attachment";
    return Response.streaming(
            status, media.contentType(), files.read(media, from, length), length, files.executor())
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", "private, max-age=3600, immutable")
        .header("Content-Disposition", shown)
        .header("Content-Security-Policy", "sandbox; default-src 'none'");
  }
}
