package io.langfuse4j.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.AnnotatedClass;
import io.langfuse4j.testing.AnnotatedSubject;
import io.langfuse4j.testing.ObserveContract;
import io.langfuse4j.testing.Subject;
import org.junit.jupiter.api.Test;

/** Runs inside a JVM that was started with the agent. */
class AgentContract extends ObserveContract {

  @Override
  protected Subject observed(Langfuse langfuse) {
    return new AnnotatedSubject();
  }

  @Override
  protected Subject.Whole observedClass(Langfuse langfuse) {
    return new AnnotatedClass();
  }

  @Test
  void privateAndStaticMethods_areObserved() {
    assertThat(hidden("x") + fixed()).isEqualTo("xy");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("hidden", "fixed");
  }

  @Observe
  private String hidden(String text) {
    return text;
  }

  @Observe
  private static String fixed() {
    return "y";
  }
}
