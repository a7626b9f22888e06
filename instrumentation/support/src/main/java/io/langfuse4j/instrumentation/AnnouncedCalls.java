package io.langfuse4j.instrumentation;

import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are observed and then made by a framework on the same thread, without the observation
 * being current: streams of Spring AI 2. The layer below finds them by who calls it.
 */
final class AnnouncedCalls {

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final ThreadLocal<@Nullable Announced> NEXT = new ThreadLocal<>();

  /** What stands between a framework and us: the library that is traced, its proxy, ourselves. */
  private static final List<String> BETWEEN =
      List.of("io.langfuse4j.", "java.", "jdk.", "com.openai.", "com.anthropic.", "com.google.");

  /** Weak, because the thread lives longer. */
  private record Announced(WeakReference<ModelCall> call, String framework) {}

  private AnnouncedCalls() {}

  static void announce(ModelCall call, String framework) {
    NEXT.set(new Announced(new WeakReference<>(call), framework));
  }

  /** Whether the call that starts now is the announced one. True once. */
  static boolean isStarting() {
    Announced announced = NEXT.get();
    if (announced == null) {
      return false;
    }
    ModelCall call = announced.call().get();
    boolean goesOn = call != null && call.isActive();
    boolean isIt = goesOn && caller().startsWith(announced.framework());
    if (isIt || !goesOn) {
      NEXT.remove();
    }
    return isIt;
  }

  private static String caller() {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getClassName)
                .filter(name -> BETWEEN.stream().noneMatch(name::startsWith))
                .findFirst()
                .orElse(""));
  }
}
