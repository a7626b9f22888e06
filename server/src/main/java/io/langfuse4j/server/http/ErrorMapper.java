package io.langfuse4j.server.http;

import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an answer. */
final class ErrorMapper {
  private static final Logger LOGGER = LoggerFactory.getLogger(ErrorMapper.class);

  /** Langfuse's errors look otherwise below this path, and its clients read them. */
  private static final String UNSTABLE = "/api/public/unstable/";

  private ErrorMapper() {}

  static Response toResponse(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return toResponse(failure.getCause());
    }
    if (failure instanceof ApiException known) {
      return known.response();
    }
    if (failure instanceof UnsupportedColumnException unsupported) {
      return Response.error(400, text(unsupported), "InvalidRequestError");
    }
    if (failure instanceof RefusedException refused) {
      return switch (refused.reason()) {
        case INVALID -> Response.error(400, text(refused), "InvalidRequestError");
        case NOT_FOUND -> Response.error(404, text(refused), "LangfuseNotFoundError");
        case CONFLICT -> Response.error(409, text(refused), "LangfuseConflictError");
      };
    }
    if (failure instanceof StoreBusyException busy) {
      return Response.error(429, text(busy), "TooManyRequests").header("Retry-After", "1");
    }
    if (failure instanceof StoreException store) {
      LOGGER.error("The store failed", store);
      return Response.error(503, text(store), "ServiceUnavailable").header("Retry-After", "5");
    }
    LOGGER.error("A request failed", failure);
    return Response.error(500, "Internal Server Error", "An unknown error occurred");
  }

  /** See {@link Bulkhead}. */
  static Response stalled() {
    return Response.error(
            503,
            "What this request needs answers nobody at present (/api/public/ready tells what)."
                + " Try again.",
            "ServiceUnavailable")
        .header("Retry-After", "5");
  }

  static Response unknownPath(String path) {
    if (path.startsWith(UNSTABLE)) {
      return Response.json(
          404, Map.of("message", "No endpoint " + path, "code", "resource_not_found"));
    }
    return Response.error(404, "No endpoint " + path, "LangfuseNotFoundError");
  }

  static Response methodNotAllowed(String allowed) {
    return Response.error(405, "Method not allowed", "MethodNotAllowedError")
        .header("Allow", allowed);
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
