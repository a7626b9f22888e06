package io.langfuse4j.instrumentation.openai;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import io.langfuse4j.instrumentation.ModelCall;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A response that is not JSON, such as speech or the content of a file. Its type and size are the
 * output; the call ends when it was read or closed.
 */
final class TracedBody implements HttpResponse {

  private final HttpResponse response;
  private final ModelCall call;
  private final AtomicLong size = new AtomicLong();
  private final Object lock = new Object();
  private @Nullable InputStream counted;

  TracedBody(HttpResponse response, ModelCall call) {
    this.response = response;
    this.call = call;
    String type = response.headers().values("content-type").stream().findFirst().orElse(null);
    AtomicLong read = size;
    call.partialResponse(described -> described.output(output(type, read.get())));
    call.watch(this);
  }

  private static Map<String, Object> output(@Nullable String type, long size) {
    Map<String, Object> output = new LinkedHashMap<>();
    if (type != null) {
      output.put("content_type", type);
    }
    output.put("bytes", size);
    return output;
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
    synchronized (lock) {
      InputStream known = counted;
      if (known == null) {
        known = new Counted(response.body());
        counted = known;
      }
      return known;
    }
  }

  @Override
  public void close() {
    try {
      response.close();
    } finally {
      call.succeed();
    }
  }

  /** Not static: whoever reads holds the response too. */
  private final class Counted extends FilterInputStream {

    Counted(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      try {
        int value = in.read();
        count(value < 0 ? -1 : 1);
        return value;
      } catch (IOException e) {
        call.fail(e);
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int number = in.read(buffer, offset, length);
        count(number);
        return number;
      } catch (IOException e) {
        call.fail(e);
        throw e;
      }
    }

    private void count(int number) {
      if (number < 0) {
        call.succeed();
      } else {
        call.received();
        size.addAndGet(number);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        in.close();
      } finally {
        call.succeed();
      }
    }
  }
}
