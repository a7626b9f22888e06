package io.langfuse4j.examples.quarkus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.OutputTransform;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Beans with {@code @Observe} in Quarkus. */
@QuarkusTest
class QuarkusObserveTest extends ObserveContract {

  /** The subject as a bean. */
  @ApplicationScoped
  public static class Bean extends AnnotatedSubject {}

  /** A class that is annotated as a whole, as a bean: the annotation is not inherited. */
  @ApplicationScoped
  @Observe(type = Observe.Type.TOOL, captureOutput = false)
  public static class WholeBean implements Subject.Whole {

    @Override
    public String covered(String text) {
      return text;
    }

    @Observe(name = "mine")
    @Override
    public String own(String text) {
      return text;
    }

    @Override
    public String toString() {
      return "annotated";
    }
  }

  /** Has something that is out of reach for the classes that Quarkus generates. */
  @ApplicationScoped
  public static class Counting {

    private static class Count implements OutputTransform {
      @Override
      public Object apply(List<?> items) {
        return items.size();
      }
    }

    @Observe(transform = Count.class)
    public Stream<String> words() {
      return Stream.of("a", "b", "c");
    }
  }

  @Inject Bean bean;
  @Inject WholeBean whole;
  @Inject Counting counting;

  @Override
  protected Subject observed(Langfuse langfuse) {
    return bean;
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return whole;
  }

  @Test
  void privateTransform_isUsed() {
    assertThat(counting.words()).hasSize(3);

    assertThat(span("words").observation("output")).isEqualTo("3");
  }
}
