package io.langfuse4j.testing;

import io.langfuse4j.Observe;

/** A class that is annotated as a whole, which stands for the public methods it declares. */
@Observe(type = Observe.Type.TOOL, captureOutput = false)
public class AnnotatedClass implements Subject.Whole {

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
