package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.StreamedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A body of which a copy is kept while the library reads it: of server-sent events one by one, of
 * anything else the whole. The call ends at the end of the body, at a failure, or at the close.
 */
final class FollowedBody extends ResponseBody {

  private final ResponseBody body;
  private final BufferedSource source;

  FollowedBody(ResponseBody body, StreamedCall<String> call, Answer answer, ModelCall model) {
    this.body = body;
    boolean events = CallTracing.isEventStream(body.contentType());
    this.source = Okio.buffer(new Copying(body.source(), call, answer, model, events));
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private static final class Copying extends ForwardingSource {

    private final StreamedCall<String> call;
    private final Answer answer;
    private final ModelCall model;
    private final boolean events;
    private final Buffer copy = new Buffer();
    private boolean ended;

    Copying(
        BufferedSource body,
        StreamedCall<String> call,
        Answer answer,
        ModelCall model,
        boolean events) {
      super(body);
      this.call = call;
      this.answer = answer;
      this.model = model;
      this.events = events;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read;
      try {
        read = super.read(sink, byteCount);
      } catch (Throwable t) {
        call.fail(t);
        throw t;
      }
      if (read < 0) {
        end();
      } else {
        sink.copyTo(copy, sink.size() - read, read);
        takeEvents();
      }
      return read;
    }

    private void takeEvents() throws IOException {
      if (!events) {
        return;
      }
      for (long end = copy.indexOf((byte) '\n'); end >= 0; end = copy.indexOf((byte) '\n')) {
        take(new String(copy.readByteArray(end), StandardCharsets.UTF_8));
        copy.skip(1);
      }
    }

    private void take(String line) {
      String text = line.strip();
      if (text.startsWith("data:")) {
        call.item(text.substring(5).strip());
      }
    }

    private void end() {
      if (ended) {
        return;
      }
      ended = true;
      String rest = copy.readUtf8();
      Response refused = answer.refused();
      if (refused != null) {
        call.fail(CallTracing.refusal(refused, rest));
      } else if (events) {
        take(rest);
        call.complete();
      } else {
        answer.add(rest);
        model.succeed();
      }
    }

    /** Libraries close what they have read up to its length without asking for its end. */
    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        if (!events) {
          end();
        }
        call.closeEarly();
      }
    }
  }
}
