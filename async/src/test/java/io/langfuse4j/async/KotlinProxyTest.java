package io.langfuse4j.async;

import io.langfuse4j.Langfuse;

/** Kotlin through a dynamic proxy. */
class KotlinProxyTest extends KotlinContract {

  @Override
  protected KotlinSubject observed(Langfuse langfuse) {
    return langfuse.observed(KotlinSubject.class, new AnnotatedKotlinSubject());
  }

  @Override
  protected boolean seesCallsWithinAClass() {
    return false;
  }
}
