package io.langfuse4j.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The viewer's files, from the class path. A path that names no file gets the page, which knows its
 * own routes. Files are read once and kept; names with anything but plain segments do not exist.
 */
final class StaticFiles {
  private static final String FOLDER = "/ui/";
  private static final Pattern PLAIN_PATH =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8",
          "map", "application/json; charset=utf-8");
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " media-src 'self' data:; font-src 'self' data:; connect-src 'self';"
          + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
  private static final byte[] NO_VIEWER =
      "<!doctype html><title>Langfuse4j</title><p>This build has no viewer. The API is at /api/public."
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

  Response get(String path, @Nullable String ifNoneMatch) {
    String name = path.startsWith("/") ? path.substring(1) : path;
    Optional<File> file = name.isEmpty() ? Optional.empty() : find(name);
    return respond(file.or(() -> find("index.html")).orElseGet(StaticFiles::noViewer), ifNoneMatch);
  }

  private Optional<File> find(String name) {
    // Only what exists is kept, or unknown paths would fill the map.
    Optional<File> known = files.get(name);
    if (known != null) {
      return known;
    }
    Optional<File> loaded = PLAIN_PATH.matcher(name).matches() ? load(name) : Optional.empty();
    if (loaded.isPresent()) {
      files.put(name, loaded);
    }
    return loaded;
  }

  private static Optional<File> load(String name) {
    if (type(name) == null) {
      return Optional.empty();
    }
    try (InputStream stream = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(file(stream.readAllBytes(), String.valueOf(type(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String type(String name) {
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
  }

  private static File file(byte[] bytes, String type) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new File(bytes, type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static File noViewer() {
    return file(NO_VIEWER, "text/html; charset=utf-8");
  }

  private static Response respond(File file, @Nullable String ifNoneMatch) {
    boolean unchanged = ifNoneMatch != null && ifNoneMatch.contains(file.tag);
    return Response.of(unchanged ? 304 : 200, file.type, unchanged ? new byte[0] : file.bytes)
        .header("ETag", file.tag)
        .header("Cache-Control", "no-cache")
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record File(byte[] bytes, String type, String tag) {}
}
