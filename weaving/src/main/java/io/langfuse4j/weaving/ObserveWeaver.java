package io.langfuse4j.weaving;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.nio.charset.StandardCharsets;
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
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites one class. Constructors, abstract and native methods stay as they are, and so does a
 * class that was woven before.
 *
 * <p>Immutable and thread-safe.
 */
public final class ObserveWeaver {

  private static final String ANNOTATION = "io.langfuse4j.Observe";
  private static final String MARK = "io.langfuse4j.internal.observed.AlreadyWoven";
  private static final byte[] DESCRIPTOR =
      "Lio/langfuse4j/Observe;".getBytes(StandardCharsets.ISO_8859_1);

  /** Not what compilers add: Kotlin's copies the annotation to {@code name$suspendImpl}. */
  private static final ElementMatcher.Junction<MethodDescription> WEAVABLE =
      isMethod().and(not(isAbstract())).and(not(isNative())).and(not(isSynthetic()));

  private static final ElementMatcher.Junction<MethodDescription> FROM_OBJECT =
      named("toString")
          .or(named("hashCode"))
          .and(takesNoArguments())
          .or(named("equals").and(ElementMatchers.takesArguments(1)));

  /** As the Kotlin compiler makes of {@code suspend} functions. */
  private static final ElementMatcher.Junction<MethodDescription> SUSPENDING =
      new ElementMatcher.Junction.ForNonNullValues<>() {
        @Override
        protected boolean doMatch(MethodDescription method) {
          int count = method.getParameters().size();
          return count > 0
              && method
                  .getParameters()
                  .get(count - 1)
                  .getType()
                  .asErasure()
                  .getName()
                  .equals("kotlin.coroutines.Continuation");
        }
      };

  private final Advice advice;
  private final Advice suspendingAdvice;
  // Other agents make classes implement interfaces that cannot be found as class files, so the
  // hierarchy is left unread.
  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);

  /** Creates a weaver. */
  public ObserveWeaver() {
    ClassFileLocator own = ClassFileLocator.ForClassLoader.of(getClass().getClassLoader());
    advice = Advice.to(ObserveAdvice.class, own);
    suspendingAdvice = Advice.to(ObserveSuspendingAdvice.class, own);
  }

  /** Whether the class file mentions the annotation at all; a quick look that spares a parse. */
  public static boolean mightBeObserved(byte[] classFile) {
    int last = classFile.length - DESCRIPTOR.length;
    for (int i = 0; i <= last; i++) {
      if (classFile[i] == DESCRIPTOR[0] && isAt(classFile, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] classFile, int offset) {
    for (int i = 1; i < DESCRIPTOR.length; i++) {
      if (classFile[offset + i] != DESCRIPTOR[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is anything to weave in this class. */
  public boolean matches(TypeDescription type) {
    return !isAnnotatedWith(named(MARK)).matches(type)
        && !type.getDeclaredMethods().filter(observed(type)).isEmpty();
  }

  /** Weaves the observed methods and leaves everything else. */
  public <T> DynamicType.Builder<T> weave(DynamicType.Builder<T> builder, TypeDescription type) {
    return builder
        .visit(advice.on(observed(type).and(not(SUSPENDING))))
        .visit(suspendingAdvice.on(observed(type).and(SUSPENDING)));
  }

  /**
   * Rewrites a class file.
   *
   * @param loader where the classes it refers to are found; null is the boot class loader
   * @return null if there is nothing to weave
   */
  public byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(className, classFile),
            ClassFileLocator.ForClassLoader.of(loader));
    TypePool types =
        new TypePool.Default(
            TypePool.CacheProvider.Simple.withObjectType(),
            locator,
            TypePool.Default.ReaderMode.FAST);
    TypeDescription type = types.describe(className).resolve();
    if (!matches(type)) {
      return null;
    }
    return weave(byteBuddy.decorate(type, locator), type)
        .make(TypeResolutionStrategy.Disabled.INSTANCE)
        .getBytes();
  }

  private static ElementMatcher.Junction<MethodDescription> observed(TypeDescription type) {
    ElementMatcher.Junction<MethodDescription> annotated = isAnnotatedWith(named(ANNOTATION));
    if (isAnnotatedWith(named(ANNOTATION)).matches(type)) {
      annotated = annotated.or(isPublic().and(not(FROM_OBJECT)));
    }
    return WEAVABLE.and(annotated);
  }
}
