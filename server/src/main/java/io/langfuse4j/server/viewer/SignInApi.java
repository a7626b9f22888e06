package io.langfuse4j.server.viewer;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.http.SignInCookie;
import io.langfuse4j.server.http.SignIns;
import java.time.Duration;

/**
 * A browser shows the keys once and is known by a cookie from then on, for what it cannot send a
 * header with: the event stream, pictures and sound.
 */
final class SignInApi {
  private final SignIns signIns;

  SignInApi(SignIns signIns) {
    this.signIns = signIns;
  }

  /** With the keys as any client sends them; who gets here has shown the right ones. */
  Response signIn(Request request) {
    String authorization = request.header("Authorization");
    if (authorization == null) {
      throw ApiException.invalidRequest("Sign in with the keys in the Authorization header");
    }
    String token = signIns.open(authorization);
    return Response.noContent().header("Set-Cookie", SignInCookie.of(token, SignIns.KEPT, request));
  }

  Response signOut(Request request) {
    String token = SignInCookie.token(request);
    if (token != null) {
      signIns.close(token);
    }
    return Response.noContent().header("Set-Cookie", SignInCookie.of("", Duration.ZERO, request));
  }
}
