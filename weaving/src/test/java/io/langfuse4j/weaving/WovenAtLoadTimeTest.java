package io.langfuse4j.weaving;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;

/** Weaving as the agent does it. */
class WovenAtLoadTimeTest extends ObserveContract {

  @Override
  protected Subject observed(Langfuse langfuse) {
    return (Subject) WovenClasses.newInstance(AnnotatedSubject.class, WovenClasses.atLoadTime());
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return (Subject.Whole)
        WovenClasses.newInstance(AnnotatedClass.class, WovenClasses.atLoadTime());
  }
}
