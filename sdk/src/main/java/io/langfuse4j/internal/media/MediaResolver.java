package io.langfuse4j.internal.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings files back from the server. Thread-safe. */
public final class MediaResolver {

  private static final Logger logger = Logger.getLogger(MediaResolver.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As deep as the official SDKs look. */
  private static final int MAX_DEPTH = 10;

  private final LangfuseApi api;
  private final Supplier<LangfuseHttp> http;
  private final Duration timeout;
  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);

  /**
   * Creates the resolver; nothing is connected yet.
   *
   * @param timeout for the bytes of a file
   */
  public MediaResolver(LangfuseApi api, Supplier<LangfuseHttp> http, Duration timeout) {
    this.api = api;
    this.http = http;
    this.timeout = timeout;
  }

  /**
   * The file a reference stands for.
   *
   * @throws IOException if it cannot be had; the message says why
   */
  public LangfuseMedia fetch(LangfuseMediaReference reference) throws IOException {
    try {
      ApiObject file = api.media().get(reference.mediaId());
      String url = file.text("url");
      String contentType = file.text("contentType");
      return LangfuseMedia.of(
          bytes(URI.create(url == null ? "" : url)),
          contentType == null ? reference.contentType() : contentType);
    } catch (LangfuseApiException e) {
      throw new IOException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("Langfuse gave no address for media " + reference.mediaId(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** From where files are kept, which is often not the server and must not get its keys. */
  private byte[] bytes(URI address) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.get().send(HttpRequest.newBuilder(address).timeout(timeout).build());
    if (response.statusCode() != 200) {
      throw new IOException(
          address.getHost() + address.getPath() + " answered HTTP " + response.statusCode());
    }
    return response.body();
  }

  /**
   * A copy of a value in which data URIs stand where references stood. What cannot be fetched stays
   * a reference and is said in the log.
   */
  public @Nullable Object resolve(@Nullable Object value) {
    return new Walk().value(value, 0);
  }

  private final class Walk {
    private final Map<String, Optional<String>> fetched = new HashMap<>();

    @Nullable Object value(@Nullable Object value, int depth) {
      if (value == null || value instanceof Number || value instanceof Boolean) {
        return value;
      }
      if (value instanceof String text) {
        return text(text);
      }
      if (depth >= MAX_DEPTH) {
        return value;
      }
      if (value instanceof Map<?, ?> map) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, element) -> copy.put(key, value(element, depth + 1)));
        return copy;
      }
      if (value instanceof Iterable<?> elements) {
        List<@Nullable Object> copy = new ArrayList<>();
        elements.forEach(element -> copy.add(value(element, depth + 1)));
        return copy;
      }
      return value(opened(value), depth);
    }

    private @Nullable Object opened(Object bean) {
      String json = encoder.encodeJson(bean);
      try {
        return JSON.readValue(json, Object.class);
      } catch (JsonProcessingException e) {
        return json;
      }
    }

    private String text(String text) {
      StringBuilder resolved = new StringBuilder();
      int[] done = {0};
      MediaReferences.find(
          text,
          (start, end, reference) ->
              fetched
                  .computeIfAbsent(reference.mediaId(), id -> dataUri(reference))
                  .ifPresent(
                      uri -> {
                        resolved.append(text, done[0], start).append(uri);
                        done[0] = end;
                      }));
      return done[0] == 0 ? text : resolved.append(text, done[0], text.length()).toString();
    }
  }

  private Optional<String> dataUri(LangfuseMediaReference reference) {
    try {
      return Optional.ofNullable(fetch(reference).dataUri());
    } catch (IOException e) {
      logger.warning("Langfuse: a media reference stays as it is: " + e.getMessage());
      return Optional.empty();
    }
  }
}
