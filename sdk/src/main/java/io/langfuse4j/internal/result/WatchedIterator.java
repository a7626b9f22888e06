package io.langfuse4j.internal.result;

import io.opentelemetry.context.Scope;
import java.lang.ref.Reference;
import java.util.Iterator;

/** What the iterator does to find the next item happens inside the observation. */
@SuppressWarnings("try") // the scopes are the point
class WatchedIterator<T> implements Iterator<T> {

  final Iterator<T> source;
  final OpenObservation observation;

  WatchedIterator(Iterator<T> source, OpenObservation observation) {
    this.source = source;
    this.observation = observation;
  }

  @Override
  public final boolean hasNext() {
    try (Scope scope = observation.makeCurrent()) {
      boolean more = source.hasNext();
      if (!more) {
        observation.complete();
      }
      return more;
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public final T next() {
    try (Scope scope = observation.makeCurrent()) {
      T item = source.next();
      observation.item(item);
      return item;
    } catch (java.util.NoSuchElementException atTheEnd) {
      observation.complete();
      throw atTheEnd;
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public final void remove() {
    source.remove();
  }

  /** An iterator that may also be closed before its end. */
  static final class Closeable<T> extends WatchedIterator<T> implements AutoCloseable {

    Closeable(Iterator<T> source, OpenObservation observation) {
      super(source, observation);
    }

    @Override
    public void close() throws Exception {
      try (Scope scope = observation.makeCurrent()) {
        ((AutoCloseable) source).close();
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      }
      observation.complete();
    }
  }
}
