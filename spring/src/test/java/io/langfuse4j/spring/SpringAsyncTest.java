package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.async.AnnotatedAsyncSubject;
import io.langfuse4j.async.AsyncContract;
import io.langfuse4j.async.AsyncSubject;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Beans with {@code @Observe} whose results are of asynchronous libraries. */
class SpringAsyncTest extends AsyncContract {

  private AnnotationConfigApplicationContext context;

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    closeContext();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
    context.registerBean(AnnotatedAsyncSubject.class);
    context.register(LangfuseAutoConfiguration.class);
    context.refresh();
    return context.getBean(AnnotatedAsyncSubject.class);
  }

  @AfterEach
  void closeContext() {
    if (context != null) {
      context.close();
    }
  }
}
