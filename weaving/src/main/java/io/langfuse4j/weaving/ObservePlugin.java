package io.langfuse4j.weaving;

import io.langfuse4j.internal.observed.AlreadyWoven;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/**
 * Weaves at build time, for {@code byte-buddy-maven-plugin} and its Gradle sister. The classes then
 * observe themselves without an agent, in native images too; an agent leaves them alone.
 */
public final class ObservePlugin implements Plugin {

  private final ObserveWeaver weaver = new ObserveWeaver();

  @Override
  public boolean matches(TypeDescription type) {
    return weaver.matches(type);
  }

  @Override
  public DynamicType.Builder<?> apply(
      DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
    return weaver
        .weave(builder, type)
        .annotateType(AnnotationDescription.Builder.ofType(AlreadyWoven.class).build());
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
