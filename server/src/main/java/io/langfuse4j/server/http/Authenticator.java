package io.langfuse4j.server.http;

import org.jspecify.annotations.Nullable;

/** Decides whose request it is. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

  /**
   * @param authorization the header of that name; null if absent
   * @return id of the caller's project
   * @throws ApiException when the caller is refused
   */
  String project(Access access, @Nullable String authorization);
}
