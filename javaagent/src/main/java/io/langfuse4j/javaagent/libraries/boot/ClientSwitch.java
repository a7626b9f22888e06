package io.langfuse4j.javaagent.libraries.boot;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Hands clients over to the agent. Thread-safe; never throws. */
public final class ClientSwitch {

  private static volatile @Nullable BiFunction<String, Object, Object> wrapper;

  private ClientSwitch() {}

  /** Sets who wraps clients, by the name of the class that built them. */
  public static void install(BiFunction<String, Object, Object> wrapper) {
    ClientSwitch.wrapper = wrapper;
  }

  /**
   * The client, wrapped if it can be.
   *
   * @param builder name of the class that built it
   */
  public static @Nullable Object built(String builder, @Nullable Object client) {
    BiFunction<String, Object, Object> installed = wrapper;
    return installed == null || client == null ? client : installed.apply(builder, client);
  }
}
