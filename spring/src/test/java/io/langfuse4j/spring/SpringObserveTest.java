package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Beans with {@code @Observe}. */
class SpringObserveTest extends ObserveContract {

  private AnnotationConfigApplicationContext context;

  @Override
  protected Subject observed(Langfuse langfuse) {
    closeContext();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
    context.registerBean(AnnotatedSubject.class);
    context.registerBean(AnnotatedClass.class);
    context.register(LangfuseAutoConfiguration.class);
    context.refresh();
    return context.getBean(AnnotatedSubject.class);
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return context.getBean(AnnotatedClass.class);
  }

  @AfterEach
  void closeContext() {
    if (context != null) {
      context.close();
    }
  }

  @Test
  void bean_isAProxyOfTheBootVersionUnderTest() {
    assertThat(AopUtils.isCglibProxy(subject)).isTrue();
    assertThat(SpringBootVersion.getVersion())
        .isEqualTo(System.getProperty("expected.boot", SpringBootVersion.getVersion()));
  }

  /** Has what Spring cannot observe. */
  static class Hiding {
    @Observe
    private String hidden() {
      return "x";
    }

    @Observe
    final String fixed() {
      return hidden();
    }
  }

  /** Spring cannot make a subclass of it. */
  static final class Closed {
    @Observe
    public String call() {
      return "closed";
    }
  }

  @Test
  void methodsAndClassesNoProxySees_areSaidOnceAndWork() {
    try (RecordedLogs logs = new RecordedLogs();
        var beans = new AnnotationConfigApplicationContext()) {
      beans.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
      beans.registerBean(Hiding.class);
      beans.registerBean(Closed.class);
      beans.registerBean("another", Closed.class);
      beans.register(LangfuseAutoConfiguration.class);
      beans.refresh();

      assertThat(beans.getBean("another", Closed.class).call()).isEqualTo("closed");
      assertThat(logs.warnings())
          .filteredOn(message -> message.startsWith("@Observe on"))
          .hasSize(3)
          .anyMatch(message -> message.contains("Hiding.hidden: it is private, static or final"))
          .anyMatch(message -> message.contains("Hiding.fixed: it is private, static or final"))
          .anyMatch(message -> message.contains("Closed: it is final"));
    }
  }
}
