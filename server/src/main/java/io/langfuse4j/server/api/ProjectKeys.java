package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Authenticator;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.store.MetadataStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication with a project's key pair. As at Langfuse the secret key decides. Secrets
 * are looked up by their hashes, so that no comparison tells how much of one was right. Without
 * required keys, callers whose keys open no project belong to the first one. Thread-safe.
 */
public final class ProjectKeys implements Authenticator {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  private final Project first;
  private final @Nullable Project organization;
  private final boolean required;

  private final MetadataStore store;
  private final Object refreshing = new Object();
  private volatile Known known;

  /** Ids of projects by the hash of a secret, and by public key. */
  private record Known(Map<String, String> bySecretHash, Map<String, String> byPublicKey) {}

  /**
   * @param first the project of the settings
   * @param organization keys that manage projects; null for none
   * @param store may be changed by other servers
   */
  public ProjectKeys(
      Project first, @Nullable Project organization, boolean required, MetadataStore store) {
    this.first = first;
    this.organization = organization;
    this.required = required;
    this.store = store;
    this.known = read();
    store.onForeignChange(this::refresh);
  }

  /** To be called when keys have been added or deleted. */
  void refresh() {
    synchronized (refreshing) {
      known = read();
    }
  }

  private Known read() {
    Map<String, String> bySecretHash = new HashMap<>();
    Map<String, String> byPublicKey = new HashMap<>();
    for (ApiKey key : store.projects().apiKeys()) {
      bySecretHash.put(key.secretHash(), key.projectId());
      byPublicKey.put(key.publicKey(), key.projectId());
    }
    bySecretHash.put(hash(first.secretKey()), first.id());
    byPublicKey.put(first.publicKey(), first.id());
    return new Known(bySecretHash, byPublicKey);
  }

  /** The project of the settings, which the store does not list. */
  Project first() {
    return first;
  }

  /** What servers of the same settings know and callers without keys do not; null if nothing. */
  public @Nullable String sharedSecret() {
    if (!required) {
      return null;
    }
    // Whoever knows the project's keys only cannot make what is signed with this.
    return organization == null
        ? first.secretKey()
        : first.secretKey() + "\n" + organization.secretKey();
  }

  @Override
  public String project(Access access, @Nullable String authorization) {
    if (access == Access.OPEN) {
      return first.id();
    }
    if (access == Access.MANAGE && required) {
      checkOrganization(authorization);
      return first.id();
    }
    String known = known(access, authorization);
    if (known != null) {
      return known;
    }
    if (required) {
      throw refused(authorization);
    }
    return first.id();
  }

  private @Nullable String known(Access access, @Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    if (isBearer(authorization)) {
      // A key that is no secret: whoever has it may send scores, as the browser SDK does.
      String publicKey = authorization.substring(BEARER.length()).strip();
      return access == Access.SCORE ? known(keys -> keys.byPublicKey.get(publicKey)) : null;
    }
    String secret = secret(authorization);
    if (secret == null) {
      return null;
    }
    String hash = hash(secret);
    return known(keys -> keys.bySecretHash.get(hash));
  }

  /** A key that is not known may be one that another server has just made. */
  private @Nullable String known(Function<Known, @Nullable String> wanted) {
    String found = wanted.apply(known);
    if (found == null) {
      store.lookForForeignChanges();
      found = wanted.apply(known);
    }
    return found;
  }

  private void checkOrganization(@Nullable String authorization) {
    String secret = authorization == null ? null : secret(authorization);
    boolean matches =
        organization != null
            && secret != null
            && MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.UTF_8),
                hash(organization.secretKey()).getBytes(StandardCharsets.UTF_8));
    if (authorization == null) {
      throw refused(null);
    }
    if (!matches) {
      String message = "Invalid API key. Organization-scoped API key required for this operation.";
      throw ApiException.with(message, Response.json(403, Map.of("error", message)));
    }
  }

  /** Whether a caller shows no more than a public key. */
  static boolean isBearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
  }

  private static @Nullable String secret(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static String hash(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ApiException refused(@Nullable String authorization) {
    if (authorization == null) {
      return refused(401, "No authorization header");
    }
    if (isBearer(authorization)) {
      return refused(403, "Access denied - insufficient permissions for this endpoint");
    }
    return refused(401, "Invalid credentials. Confirm that you've configured the correct host.");
  }

  private static ApiException refused(int status, String message) {
    return ApiException.with(message, Response.json(status, Map.of("message", message)));
  }
}
