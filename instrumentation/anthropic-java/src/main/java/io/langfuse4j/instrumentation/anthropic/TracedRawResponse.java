package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import io.opentelemetry.context.Scope;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A raw response. The call ends when its answer is parsed; what the application reads from the body
 * itself is not recorded, the call then ends at the close.
 */
final class TracedRawResponse<T> implements HttpResponseFor<T> {

  private final HttpResponseFor<T> response;
  private final Followed followed;
  private final Object lock = new Object();
  private @Nullable T parsed;

  TracedRawResponse(HttpResponseFor<T> response, Followed followed) {
    this.response = response;
    this.followed = followed;
    followed.call().watch(this);
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public T parse() {
    synchronized (lock) {
      T known = parsed;
      if (known != null) {
        return known;
      }
      T answer;
      try (Scope scope = followed.call().makeCurrent()) {
        answer = response.parse();
      } catch (Throwable t) {
        Failures.fail(followed.call(), t);
        throw t;
      }
      known = followed.parsed(answer);
      parsed = known;
      return known;
    }
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return response.headers();
  }

  @Override
  public Optional<String> requestId() {
    return response.requestId();
  }

  @Override
  public InputStream body() {
    return response.body();
  }

  @Override
  public void close() {
    try {
      response.close();
    } finally {
      followed.call().succeed(closed -> closed.metadata("http_status", response.statusCode()));
    }
  }
}
