package io.langfuse4j.examples.quarkus.contract;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedKotlinSubject;
import io.langfuse4j.async.KotlinContract;
import io.langfuse4j.async.KotlinSubject;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Beans with {@code @Observe} in Quarkus that are written in Kotlin. */
@QuarkusTest
class QuarkusKotlinTest extends KotlinContract {

  /** The subject as a bean. */
  @ApplicationScoped
  public static class Bean extends AnnotatedKotlinSubject {}

  @Inject Bean bean;

  @Override
  protected KotlinSubject observed(Langfuse langfuse) {
    return bean;
  }

  @Override
  protected boolean seesCallsWithinAClass() {
    return true;
  }
}
