package io.langfuse4j.api;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a Langfuse server that did not succeed: refused, or never answered. The message says
 * what was asked, what the server said and what to do about it.
 */
public final class LangfuseApiException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int LONGEST_REASON = 500;

  private final int status;
  private final String body;
  private final @Nullable String requestId;

  private LangfuseApiException(
      String message,
      int status,
      String body,
      @Nullable String requestId,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.body = body;
    this.requestId = requestId;
  }

  /** An answer that is no success. */
  static LangfuseApiException refused(String request, ApiResponse response) {
    String requestId = response.header("x-request-id");
    String message =
        request
            + " was answered with "
            + response.status()
            + ": "
            + reason(response)
            + ". "
            + advice(response.status())
            + (requestId == null ? "" : " (request " + requestId + ")");
    return new LangfuseApiException(message, response.status(), response.body(), requestId, null);
  }

  /** No answer. */
  static LangfuseApiException unanswered(String request, Exception cause) {
    return new LangfuseApiException(
        request
            + " was not answered: "
            + cause
            + ". Check LANGFUSE_BASE_URL and that the server is up.",
        0,
        "",
        null,
        cause);
  }

  /** An answer that makes no sense. */
  static LangfuseApiException unreadable(String request, ApiResponse response, IOException cause) {
    return new LangfuseApiException(
        request
            + " was answered with something that is not JSON. Check that LANGFUSE_BASE_URL is the"
            + " address of a Langfuse server.",
        response.status(),
        response.body(),
        response.header("x-request-id"),
        cause);
  }

  /** Nothing was sent because the client has nobody to send it to. */
  public static LangfuseApiException notConnected(String reason) {
    return new LangfuseApiException(reason, 0, "", null, null);
  }

  private static String reason(ApiResponse response) {
    String body = response.body();
    try {
      if (response.json() instanceof Map<?, ?> map && map.get("message") instanceof String text) {
        Object details = map.get("error");
        boolean more = details != null && !text.contains(details.toString());
        body = more ? text + " (" + details + ")" : text;
      }
    } catch (IOException e) {
      // An HTML page for example: its beginning says more than nothing.
    }
    return body.length() <= LONGEST_REASON ? body : body.substring(0, LONGEST_REASON) + "…";
  }

  private static String advice(int status) {
    return switch (status) {
      case 400, 422 -> "Correct the request.";
      case 401 ->
          "Check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY, and that they are of a project on the"
              + " server at LANGFUSE_BASE_URL.";
      case 403 -> "The keys may not do this; use keys of the project, or of the organization.";
      case 404 -> "It does not exist in the project of these keys, or the server is too old.";
      case 405 -> "The server does not know this call; it may be too old.";
      case 409 -> "It is there already, or is being changed.";
      case 413 -> "Send less at once.";
      case 429 -> "Send less often, or raise the limit of the plan.";
      default -> status >= 500 ? "Try again later; the server's log says why." : "";
    };
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** What the server answered, as it came; empty if it did not. */
  public String body() {
    return body;
  }

  /** The {@code X-Request-Id} of the answer, to find it in the server's log; null if none came. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** Whether the server says that what was asked for is not there. */
  public boolean isNotFound() {
    return status == 404;
  }
}
