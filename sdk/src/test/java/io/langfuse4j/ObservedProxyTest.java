package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Dynamic proxies. */
class ObservedProxyTest extends ObserveContract {

  @Override
  protected Subject observed(Langfuse langfuse) {
    return langfuse.observed(Subject.class, new AnnotatedSubject());
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return langfuse.observed(Subject.Whole.class, new AnnotatedClass());
  }

  @Override
  protected boolean readsInterfaces() {
    return true;
  }

  @Test
  void observed_annotatedInterface_isObservedAsItSays() {
    assertThat(subject.declared("x")).isEqualTo("x");

    assertThat(span("declared-by-the-interface").observation("output")).isEqualTo("x");
  }

  @Test
  void observed_withoutAnnotations_observesEveryMethod() throws Exception {
    Callable<?> proxy = langfuse.observed(Callable.class, () -> "x");

    assertThat(proxy.call()).isEqualTo("x");
    assertThat(span("call").observation("output")).isEqualTo("x");
  }

  /** Not public, as interfaces inside an application often are. */
  private interface Greeter {
    String greet(String name);

    default String greetAll() {
      return greet("all");
    }
  }

  @Test
  void observed_interfaceThatIsNotPublic_works() {
    Greeter greeter = langfuse.observed(Greeter.class, name -> "Dear " + name);

    assertThat(greeter.greetAll()).isEqualTo("Dear all");
    assertThat(span("greetAll").observation("output")).isEqualTo("Dear all");
  }

  /** As Quarkus generates it in front of a bean. */
  static class AnnotatedSubject_ClientProxy extends AnnotatedSubject {
    @Override
    public String answer(String question, int times) {
      return super.answer(question, times);
    }
  }

  @Test
  void observed_generatedSubclass_isObservedAsItsClassSays() {
    Subject proxy = langfuse.observed(Subject.class, new AnnotatedSubject_ClientProxy());

    proxy.answer("ha", 2);

    assertThat(span("llm-call").type()).isEqualTo("generation");
  }

  @Test
  void methodsOfObject_areTheTargets() {
    AnnotatedSubject target = new AnnotatedSubject();
    Subject one = langfuse.observed(Subject.class, target);

    assertThat(one).isEqualTo(langfuse.observed(Subject.class, target)).isNotEqualTo(subject);
    assertThat(one).hasSameHashCodeAs(target).hasToString(target.toString());
    langfuse.flush();
    assertThat(sink.names()).isEmpty();
  }

  @Test
  void observed_notAnInterface_saysWhatToDo() {
    assertThatThrownBy(() -> langfuse.observed(AnnotatedSubject.class, new AnnotatedSubject()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AnnotatedSubject is not an interface");
  }
}
