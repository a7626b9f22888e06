package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Authenticator;
import io.langfuse4j.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication with a project's key pair. As at Langfuse the secret key decides, and is
 * compared in constant time. Without required keys every caller is the one project's.
 */
public final class ProjectKeys implements Authenticator {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  private final Project project;
  private final boolean required;

  public ProjectKeys(Project project, boolean required) {
    this.project = project;
    this.required = required;
  }

  @Override
  public String project(Access access, @Nullable String authorization) {
    if (required && access != Access.OPEN) {
      check(access, authorization);
    }
    return project.id();
  }

  private void check(Access access, @Nullable String authorization) {
    if (authorization == null) {
      throw refused(access, 401, "No authorization header");
    }
    String scheme = authorization.toLowerCase(Locale.ROOT);
    if (access == Access.SCORE && isPublicKey(authorization)) {
      return;
    }
    if (scheme.startsWith(BEARER)) {
      throw refused(access, 403, "Access denied - insufficient permissions for this endpoint");
    }
    if (!scheme.startsWith(BASIC) || !secretMatches(authorization.substring(BASIC.length()))) {
      throw refused(
          access, 401, "Invalid credentials. Confirm that you've configured the correct host.");
    }
  }

  /** A key that is no secret: whoever has it may send scores, as the browser SDK does. */
  private boolean isPublicKey(String authorization) {
    return isBearer(authorization)
        && authorization.substring(BEARER.length()).strip().equals(project.publicKey());
  }

  /** Whether a caller shows no more than a public key. */
  static boolean isBearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
  }

  private boolean secretMatches(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
      String secret = pair.substring(pair.indexOf(':') + 1);
      return MessageDigest.isEqual(
          secret.getBytes(StandardCharsets.UTF_8),
          project.secretKey().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ApiException refused(Access access, int status, String message) {
    Response response = Response.json(status, Map.of("message", message));
    return ApiException.with(
        message,
        access == Access.VIEW && status == 401
            ? response.header(
                "WWW-Authenticate", "Basic realm=\"Langfuse4j: public key and secret key\"")
            : response);
  }
}
