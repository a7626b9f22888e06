package io.langfuse4j.javaagent;

import io.langfuse4j.weaving.ObserveWeaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes that are annotated and whose class loader knows the SDK. Thread-safe.
 *
 * <p>Almost every class is passed over after a look at its bytes.
 */
final class ObservingTransformer implements ClassFileTransformer {

  private static final String NEEDED = "io/langfuse4j/internal/observed/Woven.class";

  private final ObserveWeaver weaver = new ObserveWeaver();
  private final Map<ClassLoader, Boolean> knowsSdk =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final AtomicBoolean warned = new AtomicBoolean();

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || className == null || !ObserveWeaver.mightBeObserved(classFile)) {
      return null;
    }
    try {
      return knowsSdk(loader) ? weaver.weave(className.replace('/', '.'), classFile, loader) : null;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      warn(className, e);
      return null;
    }
  }

  private boolean knowsSdk(ClassLoader loader) {
    return knowsSdk.computeIfAbsent(loader, l -> l.getResource(NEEDED) != null);
  }

  private void warn(String className, Throwable thrown) {
    if (warned.compareAndSet(false, true)) {
      Logger.getLogger("io.langfuse4j.javaagent")
          .log(Level.WARNING, className + " could not be woven; it runs unobserved.", thrown);
    }
  }
}
