package io.langfuse4j.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;
import org.junit.jupiter.api.Test;

/** Weaving as the build plugin does it. */
class WovenAtBuildTimeTest extends ObserveContract {

  @Override
  protected Subject observed(Langfuse langfuse) {
    return (Subject) WovenClasses.newInstance(AnnotatedSubject.class, WovenClasses.atBuildTime());
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return (Subject.Whole)
        WovenClasses.newInstance(AnnotatedClass.class, WovenClasses.atBuildTime());
  }

  @Test
  void wovenAgainByTheAgent_isObservedOnce() {
    WovenClasses.Rewriting twice =
        (name, file) -> {
          byte[] once = WovenClasses.atBuildTime().apply(name, file);
          byte[] again = once == null ? null : WovenClasses.atLoadTime().apply(name, once);
          return again == null ? once : again;
        };
    Subject subject = (Subject) WovenClasses.newInstance(AnnotatedSubject.class, twice);

    subject.answer("ha", 2);

    langfuse.flush();
    assertThat(sink.names()).containsExactly("llm-call");
  }
}
