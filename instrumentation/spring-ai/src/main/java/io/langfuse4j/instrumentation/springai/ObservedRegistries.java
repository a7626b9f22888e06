package io.langfuse4j.instrumentation.springai;

import io.micrometer.observation.ObservationRegistry;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** For the Java agent, which shows us the registry of each observation of Spring AI. */
public final class ObservedRegistries {

  private static final Set<ObservationRegistry> KNOWN =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  private ObservedRegistries() {}

  /**
   * A registry that has our handler. One that nobody observes is left as it is, so that nothing but
   * Spring AI becomes more work; ours stands in for it. Thread-safe.
   */
  public static ObservationRegistry wrap(ObservationRegistry registry) {
    if (registry.isNoop()) {
      return Ours.REGISTRY;
    }
    if (registry != Ours.REGISTRY && KNOWN.add(registry)) {
      registry.observationConfig().observationHandler(LangfuseSpringAI.observationHandler());
    }
    return registry;
  }

  /** Made when the first observation needs it. */
  private static final class Ours {

    private static final ObservationRegistry REGISTRY = ObservationRegistry.create();

    static {
      REGISTRY.observationConfig().observationHandler(LangfuseSpringAI.observationHandler());
    }
  }
}
