package io.langfuse4j.javaagent.libraries;

import io.langfuse4j.javaagent.libraries.boot.ClientSwitch;
import net.bytebuddy.asm.Advice;

/** Inlined at the beginning of methods of what takes an addition, and at the end of its making. */
final class ReceiverAdvice {

  private ReceiverAdvice() {}

  /** Before a method. */
  static final class Entered {

    private Entered() {}

    @Advice.OnMethodEnter
    static void entered(@Advice.Origin("#t") String type, @Advice.This Object receiver) {
      ClientSwitch.built(type, receiver);
    }
  }

  /** After a constructor. */
  static final class Made {

    private Made() {}

    @Advice.OnMethodExit
    static void made(@Advice.Origin("#t") String type, @Advice.This Object receiver) {
      ClientSwitch.built(type, receiver);
    }
  }
}
