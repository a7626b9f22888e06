package io.langfuse4j.javaagent.libraries;

import io.langfuse4j.javaagent.libraries.boot.ClientSwitch;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Inlined where Micrometer is asked for an observation that Spring AI documents. */
final class ArgumentAdvice {

  private ArgumentAdvice() {}

  @Advice.OnMethodEnter
  @SuppressWarnings({"UnusedVariable", "ReturnValueIgnored"}) // Byte Buddy reads the assignment
  static void asked(
      @Advice.Origin("#t") String type,
      @Advice.This Object documentation,
      @Advice.Argument(value = 3, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          @Nullable Object registry) {
    if (documentation.getClass().getName().startsWith("org.springframework.ai.")) {
      registry = ClientSwitch.built(type, registry);
    }
  }
}
