package io.langfuse4j.cdi;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedAsyncSubject;
import io.langfuse4j.async.AsyncContract;
import io.langfuse4j.async.AsyncSubject;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.AfterEach;

/** Beans with {@code @Observe} whose results are of asynchronous libraries. */
class WeldAsyncTest extends AsyncContract {

  private SeContainer container;

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    closeContainer();
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(AnnotatedAsyncSubject.class)
            .initialize();
    return container.select(AnnotatedAsyncSubject.class).get();
  }

  @AfterEach
  void closeContainer() {
    if (container != null) {
      container.close();
      container = null;
    }
  }
}
