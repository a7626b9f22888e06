package io.langfuse4j.instrumentation;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Waits for the garbage collector to find that nobody holds an answer any more. */
final class Abandonment implements Runnable {

  private static final Cleaner CLEANER = Cleaner.create(Abandonment::thread);

  private volatile @Nullable ModelCall call;
  private volatile Cleaner.@Nullable Cleanable cleanable;

  private Abandonment(ModelCall call) {
    this.call = call;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "langfuse-abandoned-calls");
    thread.setDaemon(true);
    return thread;
  }

  static Abandonment of(Object held, ModelCall call) {
    Abandonment watch = new Abandonment(call);
    watch.cleanable = CLEANER.register(held, watch);
    return watch;
  }

  /** Stops waiting. */
  void forget() {
    call = null;
    Cleaner.Cleanable registered = cleanable;
    if (registered != null) {
      registered.clean();
    }
  }

  @Override
  public void run() {
    ModelCall left = call;
    if (left != null) {
      left.abandon();
    }
  }
}
