package io.langfuse4j.cdi;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedKotlinSubject;
import io.langfuse4j.async.KotlinContract;
import io.langfuse4j.async.KotlinSubject;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.AfterEach;

/** Beans with {@code @Observe} that are written in Kotlin, in Weld. */
class WeldKotlinTest extends KotlinContract {

  private SeContainer container;

  @Override
  protected KotlinSubject observed(Langfuse langfuse) {
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(AnnotatedKotlinSubject.class)
            .initialize();
    return container.select(AnnotatedKotlinSubject.class).get();
  }

  @AfterEach
  void closeContainer() {
    container.close();
  }
}
