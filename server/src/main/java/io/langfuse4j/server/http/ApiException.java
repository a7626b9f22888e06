package io.langfuse4j.server.http;

/** A request that is answered with an error; {@link ErrorMapper} turns it into the response. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  private ApiException(String message, Response response) {
    super(message, null, false, false);
    this.response = response;
  }

  /** {@code {"message":…,"error":…}}. */
  public static ApiException of(int status, String message, String error) {
    return new ApiException(message, Response.error(status, message, error));
  }

  public static ApiException invalidRequest(String message) {
    return of(400, message, "InvalidRequestError");
  }

  public static ApiException notFound(String message) {
    return of(404, message, "LangfuseNotFoundError");
  }

  /** With a body of the caller's own making. */
  public static ApiException with(String message, Response response) {
    return new ApiException(message, response);
  }

  public Response response() {
    return response;
  }
}
