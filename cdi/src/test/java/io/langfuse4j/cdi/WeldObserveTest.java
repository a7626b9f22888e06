package io.langfuse4j.cdi;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.AfterEach;

/** Beans with {@code @Observe} in Weld. */
class WeldObserveTest extends ObserveContract {

  private SeContainer container;

  @Override
  protected Subject observed(Langfuse langfuse) {
    closeContainer();
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(AnnotatedSubject.class, AnnotatedClass.class)
            .initialize();
    return container.select(AnnotatedSubject.class).get();
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return container.select(AnnotatedClass.class).get();
  }

  @AfterEach
  void closeContainer() {
    if (container != null) {
      container.close();
      container = null;
    }
  }
}
