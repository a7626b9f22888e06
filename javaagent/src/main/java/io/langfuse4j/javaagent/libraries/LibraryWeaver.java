package io.langfuse4j.javaagent.libraries;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.langfuse4j.javaagent.libraries.boot.ClientSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** Changes the builders of the clients that are known. Thread-safe. */
public final class LibraryWeaver implements ClassFileTransformer {

  private static final String BOOT_CLASS =
      "io/langfuse4j/javaagent/libraries/boot/ClientSwitch.class";

  private final Map<String, TracedClient> byBuilder =
      TracedClient.ALL.stream()
          .collect(
              Collectors.toMap(client -> client.builder().replace('.', '/'), Function.identity()));

  // As for methods that are observed: other agents add interfaces that have no class file.
  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
  private final ClassFileLocator own =
      ClassFileLocator.ForClassLoader.of(LibraryWeaver.class.getClassLoader());

  private LibraryWeaver() {}

  /** Starts to wrap the clients that are built from now on. */
  public static void install(Instrumentation instrumentation) throws IOException {
    instrumentation.appendToBootstrapClassLoaderSearch(bootJar());
    ClientSwitch.install(new ClientWrapper());
    instrumentation.addTransformer(new LibraryWeaver(), true);
  }

  private static JarFile bootJar() throws IOException {
    Path jar = Files.createTempFile("langfuse4j-boot", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in = LibraryWeaver.class.getResourceAsStream("/" + BOOT_CLASS)) {
      if (in == null) {
        throw new IOException(BOOT_CLASS + " is missing from the agent");
      }
      out.putNextEntry(new JarEntry(BOOT_CLASS));
      in.transferTo(out);
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
    TracedClient client = loader == null || className == null ? null : byBuilder.get(className);
    if (client == null || loader == null) {
      return null;
    }
    try {
      return rewrite(client, classFile, loader);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      Logger.getLogger("io.langfuse4j.javaagent")
          .log(Level.WARNING, client.library() + " is not traced.", e);
      return null;
    }
  }

  private byte[] rewrite(TracedClient client, byte[] classFile, ClassLoader loader) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(client.builder(), classFile),
            ClassFileLocator.ForClassLoader.of(loader));
    TypeDescription type = TypePool.Default.of(locator).describe(client.builder()).resolve();
    return byteBuddy
        .decorate(type, locator)
        .visit(advice(client))
        .make(TypeResolutionStrategy.Disabled.INSTANCE)
        .getBytes();
  }

  private AsmVisitorWrapper advice(TracedClient client) {
    ElementMatcher.Junction<MethodDescription> method = named(client.method()).and(not(isBridge()));
    return switch (client.hook()) {
      case RESULT -> Advice.to(BuiltAdvice.class, own).on(method);
      case ARGUMENT -> Advice.to(ArgumentAdvice.class, own).on(method.and(takesArguments(4)));
      case RECEIVER -> Advice.to(ReceiverAdvice.Entered.class, own).on(method);
      case MADE -> Advice.to(ReceiverAdvice.Made.class, own).on(isConstructor());
    };
  }
}
