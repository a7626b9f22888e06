package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import io.langfuse4j.instrumentation.FollowedResult;
import java.io.InputStream;
import java.util.Optional;

/** A raw response whose parsing is followed; otherwise the library's own. */
record TracedRawResponse<T>(HttpResponseFor<T> response, FollowedResult.Raw<T> answer)
    implements HttpResponseFor<T> {

  @Override
  public T parse() {
    return answer.parse();
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
    answer.close(response::close, response::statusCode);
  }
}
