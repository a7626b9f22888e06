package io.langfuse4j.testing;

import io.langfuse4j.Observe;

/** Annotates what never runs. */
public abstract class AnnotatedBase implements Subject {

  @Observe
  @Override
  public abstract String promised(String text);
}
