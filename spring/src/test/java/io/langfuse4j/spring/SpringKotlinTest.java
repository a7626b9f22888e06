package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedKotlinSubject;
import io.langfuse4j.async.KotlinContract;
import io.langfuse4j.async.KotlinSubject;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Beans with {@code @Observe} that are written in Kotlin. */
class SpringKotlinTest extends KotlinContract {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @Override
  protected KotlinSubject observed(Langfuse langfuse) {
    context.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
    context.registerBean(AnnotatedKotlinSubject.class);
    context.register(LangfuseAutoConfiguration.class);
    context.refresh();
    return context.getBean(AnnotatedKotlinSubject.class);
  }

  @Override
  protected boolean seesCallsWithinAClass() {
    return false;
  }

  @AfterEach
  void closeContext() {
    context.close();
  }
}
