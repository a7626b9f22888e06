package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of files that work for an hour for whoever has them, because a signature is part of
 * them: clients upload and fetch without keys, as they do from an object store. Thread-safe.
 */
final class MediaLinks {
  static final Duration VALID = Duration.ofHours(1);
  private static final String ALGORITHM = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;

  /**
   * @param secret from which servers that stand side by side make the same key, so that each takes
   *     the others' addresses; null for a key that lives as long as the process
   */
  MediaLinks(Clock clock, @Nullable String secret) {
    this.clock = clock;
    this.key = secret == null ? random() : derived(secret);
  }

  private static SecretKeySpec random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  private static SecretKeySpec derived(String secret) {
    SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    return new SecretKeySpec(hmac(key, "langfuse4j media links"), ALGORITHM);
  }

  Instant expiry() {
    return Instant.ofEpochMilli(clock.millis()).plus(VALID);
  }

  /** The address, on the host that the request was sent to. */
  String link(Request request, String method, String mediaId, Instant expiry) {
    String host = Objects.requireNonNullElse(request.header("Host"), "localhost");
    String scheme = "https".equals(request.header("X-Forwarded-Proto")) ? "https" : "http";
    String signature = sign(method, request.project(), mediaId, expiry.toEpochMilli());
    return "%s://%s/api/public/media/%s/content?project=%s&expires=%d&signature=%s"
        .formatted(
            scheme,
            host,
            mediaId,
            URLEncoder.encode(request.project(), StandardCharsets.UTF_8),
            expiry.toEpochMilli(),
            signature);
  }

  /**
   * The project whose file it is.
   *
   * @throws ApiException if the address was not made here, for this use, within the hour
   */
  String check(Request request, String method) {
    String project = Objects.requireNonNullElse(request.query("project"), "");
    String given = Objects.requireNonNullElse(request.query("signature"), "");
    long expires = expires(request.query("expires"));
    String expected = sign(method, project, request.pathParameter("mediaId"), expires);
    boolean genuine =
        MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    if (!genuine || expires < clock.millis()) {
      throw ApiException.of(
          403, "This link is not valid, or not any more; ask for a new one", "ForbiddenError");
    }
    return project;
  }

  private static long expires(@Nullable String text) {
    try {
      return Long.parseLong(Objects.requireNonNullElse(text, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String sign(String method, String project, String mediaId, long expires) {
    byte[] signed = hmac(key, String.join("\n", method, project, mediaId, Long.toString(expires)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
