package io.langfuse4j.javaagent;

import io.langfuse4j.testing.AnnotatedSubject;

/** An application that attaches the agent itself, when some of its classes are there already. */
final class AttachingMain {

  private AttachingMain() {}

  public static void main(String[] tests) {
    if (!new AnnotatedSubject().always("x").equals("x") || !SelfAttachment.attach()) {
      throw new IllegalStateException("not attached");
    }
    InsideMain.main(tests);
  }
}
