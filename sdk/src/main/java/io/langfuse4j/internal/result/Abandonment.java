package io.langfuse4j.internal.result;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Waits for the garbage collector to find that nobody holds a result any more. */
final class Abandonment implements Runnable {

  private static final Cleaner CLEANER = Cleaner.create(Abandonment::thread);

  private volatile @Nullable OpenObservation observation;
  private Cleaner.@Nullable Cleanable cleanable;

  private Abandonment(OpenObservation observation) {
    this.observation = observation;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "langfuse-abandoned-results");
    thread.setDaemon(true);
    return thread;
  }

  static Abandonment of(Object result, OpenObservation observation) {
    Abandonment watch = new Abandonment(observation);
    watch.cleanable = CLEANER.register(result, watch);
    return watch;
  }

  /** Stops waiting. */
  void forget() {
    observation = null;
    Cleaner.Cleanable registered = cleanable;
    if (registered != null) {
      registered.clean();
    }
  }

  @Override
  public void run() {
    OpenObservation left = observation;
    if (left != null) {
      left.abandoned();
    }
  }
}
