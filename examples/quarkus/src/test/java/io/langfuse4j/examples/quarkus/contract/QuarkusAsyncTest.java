package io.langfuse4j.examples.quarkus.contract;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedAsyncSubject;
import io.langfuse4j.async.AsyncContract;
import io.langfuse4j.async.AsyncSubject;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Beans with {@code @Observe} in Quarkus whose results are of asynchronous libraries. */
@QuarkusTest
class QuarkusAsyncTest extends AsyncContract {

  /** The subject as a bean. */
  @ApplicationScoped
  public static class Bean extends AnnotatedAsyncSubject {}

  @Inject Bean bean;

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    return bean;
  }
}
