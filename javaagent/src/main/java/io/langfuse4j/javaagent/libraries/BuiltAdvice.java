package io.langfuse4j.javaagent.libraries;

import io.langfuse4j.javaagent.libraries.boot.ClientSwitch;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Inlined at the end of methods that make a client. */
final class BuiltAdvice {

  private BuiltAdvice() {}

  @Advice.OnMethodExit
  @SuppressWarnings({"UnusedVariable", "ReturnValueIgnored"}) // Byte Buddy reads the assignment
  static void built(
      @Advice.Origin("#t") String builder,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object client) {
    client = ClientSwitch.built(builder, client);
  }
}
