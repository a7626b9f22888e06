package io.langfuse4j.instrumentation.genai;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path asks for.
 *
 * @param model the name at the end of the path
 */
record Route(String model, Reader reader, boolean embeds) {

  private static final Pattern PATH = Pattern.compile(".*/models/([^/:]+):(\\w+)");

  /** Null if it is nothing that is traced. */
  static @Nullable Route of(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    String model = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
    return switch (matcher.group(2)) {
      case "generateContent", "streamGenerateContent" ->
          new Route(model, new ContentReader(), false);
      case "embedContent", "batchEmbedContents" -> new Route(model, new EmbeddingReader(), true);
      case "predict" ->
          model.contains("imagen")
              ? new Route(model, new ImageReader(), false)
              : model.contains("embedding") ? new Route(model, new EmbeddingReader(), true) : null;
      default -> null;
    };
  }
}
