package io.langfuse4j.internal.result;

import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** Bytes are observed until their end or until the stream is closed; the output is their text. */
final class InputStreamResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return InputStream.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, InputStream.class)) {
      return null;
    }
    WatchedInputStream watched = new WatchedInputStream((InputStream) result, observation);
    observation.watch(watched);
    return watched;
  }

  @SuppressWarnings("try") // the scopes are the point
  private static final class WatchedInputStream extends InputStream {

    private final InputStream source;
    private final OpenObservation observation;

    WatchedInputStream(InputStream source, OpenObservation observation) {
      this.source = source;
      this.observation = observation;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try (Scope scope = observation.makeCurrent()) {
        int count = source.read(buffer, offset, length);
        if (count < 0) {
          observation.complete();
        } else if (count > 0) {
          observation.bytes(buffer, offset, count);
        }
        return count;
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      } finally {
        Reference.reachabilityFence(this);
      }
    }

    @Override
    public int available() throws IOException {
      return source.available();
    }

    @Override
    public void close() throws IOException {
      try (Scope scope = observation.makeCurrent()) {
        source.close();
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      }
      observation.complete();
    }
  }
}
