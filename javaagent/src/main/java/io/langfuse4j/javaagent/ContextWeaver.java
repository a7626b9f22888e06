package io.langfuse4j.javaagent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Lets the current context follow tasks into the JDK's executors, completable futures, fork-join
 * pools, virtual threads and structured task scopes. Periodic tasks are left alone: they outlive
 * what started them.
 */
final class ContextWeaver implements ClassFileTransformer {

  private record Change(ElementMatcher<MethodDescription> methods, Class<?> advice) {}

  private static final List<String> BOOT_CLASSES =
      List.of(
          "io/langfuse4j/javaagent/bootstrap/CarriedContext.class",
          "io/langfuse4j/javaagent/bootstrap/CarriedContext$Restored.class");

  private static final List<Change> HAND_OVER =
      List.of(
          change(
              named("execute").or(named("submit")),
              0,
              Runnable.class,
              ContextAdvice.FirstRunnable.class),
          change(named("submit"), 0, Callable.class, ContextAdvice.FirstCallable.class));

  private static final Map<String, List<Change>> CHANGES =
      Map.ofEntries(
          Map.entry(
              "java/util/concurrent/ThreadPoolExecutor",
              List.of(
                  change(named("execute"), 0, Runnable.class, ContextAdvice.FirstRunnable.class))),
          Map.entry(
              "java/util/concurrent/AbstractExecutorService",
              List.of(
                  change(named("newTaskFor"), 0, Runnable.class, ContextAdvice.FirstRunnable.class),
                  change(
                      named("newTaskFor"), 0, Callable.class, ContextAdvice.FirstCallable.class))),
          Map.entry(
              "java/util/concurrent/ScheduledThreadPoolExecutor",
              List.of(
                  change(named("schedule"), 0, Runnable.class, ContextAdvice.FirstRunnable.class),
                  change(named("schedule"), 0, Callable.class, ContextAdvice.FirstCallable.class))),
          Map.entry("java/util/concurrent/ForkJoinPool", HAND_OVER),
          Map.entry("java/util/concurrent/ThreadPerTaskExecutor", HAND_OVER),
          Map.entry(
              "java/util/concurrent/CompletableFuture$AsyncSupply",
              List.of(
                  change(isConstructor(), 1, Supplier.class, ContextAdvice.SecondSupplier.class))),
          Map.entry(
              "java/util/concurrent/CompletableFuture$AsyncRun",
              List.of(
                  change(isConstructor(), 1, Runnable.class, ContextAdvice.SecondRunnable.class))),
          Map.entry(
              "java/util/concurrent/CompletableFuture",
              List.of(
                  stage("uniApplyStage", Function.class, ContextAdvice.DependentFunction.class),
                  stage("uniComposeStage", Function.class, ContextAdvice.DependentFunction.class),
                  stage("uniAcceptStage", Consumer.class, ContextAdvice.DependentConsumer.class),
                  stage("uniRunStage", Runnable.class, ContextAdvice.DependentRunnable.class),
                  stage(
                      "uniHandleStage", BiFunction.class, ContextAdvice.DependentBiFunction.class),
                  stage(
                      "uniWhenCompleteStage",
                      BiConsumer.class,
                      ContextAdvice.DependentBiConsumer.class))),
          Map.entry(
              "java/lang/Thread",
              List.of(
                  change(
                      named("startVirtualThread"),
                      0,
                      Runnable.class,
                      ContextAdvice.ThreadsRunnable.class))),
          Map.entry(
              "java/lang/ThreadBuilders$VirtualThreadBuilder",
              List.of(
                  change(
                      named("unstarted"), 0, Runnable.class, ContextAdvice.ThreadsRunnable.class))),
          Map.entry(
              "java/util/concurrent/StructuredTaskScopeImpl",
              List.of(
                  change(named("fork"), 0, Callable.class, ContextAdvice.FirstCallable.class))));

  // Other agents make classes implement interfaces that cannot be found as class files, so the
  // hierarchy is left unread.
  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
  private final ClassFileLocator own =
      ClassFileLocator.ForClassLoader.of(ContextWeaver.class.getClassLoader());

  private static Change change(
      ElementMatcher.Junction<? super MethodDescription> methods,
      int index,
      Class<?> type,
      Class<?> advice) {
    ElementMatcher.Junction<MethodDescription> taking = takesArgument(index, type);
    return new Change(taking.and(methods), advice);
  }

  private static Change stage(String method, Class<?> type, Class<?> advice) {
    return change(named(method), 1, type, advice);
  }

  /** Puts what the JDK will call in its reach, then rewrites it. */
  static void install(Instrumentation instrumentation) throws IOException {
    instrumentation.appendToBootstrapClassLoaderSearch(bootJar());
    ContextWeaver weaver = new ContextWeaver();
    instrumentation.addTransformer(weaver, true);
    for (Class<?> loaded : existing()) {
      try {
        instrumentation.retransformClasses(loaded);
      } catch (UnmodifiableClassException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Some exist in newer JDKs only. */
  private static List<Class<?>> existing() {
    List<Class<?>> classes = new ArrayList<>();
    for (String name : CHANGES.keySet()) {
      try {
        classes.add(Class.forName(name.replace('/', '.'), false, null));
      } catch (ClassNotFoundException notInThisJdk) {
        // Then there is nothing to carry context into.
      }
    }
    return classes;
  }

  private static JarFile bootJar() throws IOException {
    Path jar = Files.createTempFile("langfuse4j-boot", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : BOOT_CLASSES) {
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = ContextWeaver.class.getResourceAsStream("/" + name)) {
          if (in == null) {
            throw new IOException(name + " is missing from the agent");
          }
          in.transferTo(out);
        }
      }
    }
    return new JarFile(jar.toFile());
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Change> changes = loader == null && className != null ? CHANGES.get(className) : null;
    if (changes == null || className == null) {
      return null;
    }
    try {
      return rewrite(className.replace('/', '.'), classFile, changes);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      Logger.getLogger("io.langfuse4j.javaagent")
          .log(Level.WARNING, "Context is not carried through " + className, e);
      return null;
    }
  }

  private byte[] rewrite(String className, byte[] classFile, List<Change> changes) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(className, classFile),
            ClassFileLocator.ForClassLoader.ofSystemLoader());
    TypeDescription type = TypePool.Default.of(locator).describe(className).resolve();
    DynamicType.Builder<?> builder = byteBuddy.decorate(type, locator);
    for (Change change : changes) {
      builder = builder.visit(Advice.to(change.advice(), own).on(change.methods()));
    }
    return builder.make(TypeResolutionStrategy.Disabled.INSTANCE).getBytes();
  }
}
