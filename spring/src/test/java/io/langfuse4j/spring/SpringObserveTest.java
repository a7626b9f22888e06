package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
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
    context.register(LangfuseAutoConfiguration.class);
    context.refresh();
    return context.getBean(AnnotatedSubject.class);
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

  @Test
  void calledThroughAProxyOfOurs_isObservedOnce() {
    langfuse.observed(Subject.class, new AnnotatedSubject());
    langfuse.observed(Subject.class, subject).nothing("x");
    subject.nothing("y");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("nothing", "nothing");
  }
}
