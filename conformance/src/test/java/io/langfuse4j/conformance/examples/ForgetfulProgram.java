package io.langfuse4j.conformance.examples;

import io.langfuse4j.Langfuse;
import java.util.concurrent.CountDownLatch;

/** A program that ends, or is told to end, without a thought for what is queued. */
public final class ForgetfulProgram {

  private ForgetfulProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Langfuse.get().run("forgetful", span -> span.output("done"));
    if (arguments.length > 0 && arguments[0].equals("wait")) {
      System.out.println("waiting");
      new CountDownLatch(1).await();
    }
  }
}
