package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Response;
import java.util.Map;

/** A body that does not follow its schema, with everything that is wrong with it. */
final class InvalidBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MESSAGE = "Invalid request data";

  private final transient ArrayNode issues;

  InvalidBodyException(ArrayNode issues) {
    super(MESSAGE, null, false, false);
    this.issues = issues;
  }

  /** As Langfuse's schema library lists them. */
  ArrayNode issues() {
    return issues;
  }

  ApiException answer() {
    return ApiException.with(
        MESSAGE, Response.json(400, Map.of("message", MESSAGE, "error", issues)));
  }
}
