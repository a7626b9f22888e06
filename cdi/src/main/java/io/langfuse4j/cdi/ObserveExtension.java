package io.langfuse4j.cdi;

import io.langfuse4j.Observe;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.DeclarationConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.util.Nonbinding;

/** Tells the container, at build time or at start, that {@link Observe} binds an interceptor. */
public class ObserveExtension implements BuildCompatibleExtension {

  /** Called by the container. */
  @Discovery
  public void register(ScannedClasses classes, MetaAnnotations annotations) {
    classes.add(ObserveInterceptor.class.getName());
    annotations
        .addInterceptorBinding(Observe.class)
        .methods()
        .forEach(member -> member.addAnnotation(Nonbinding.class));
  }

  /** Called by the container for classes that are observed, or have methods that are. */
  @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Observe.class)
  public void simplify(ClassConfig type) {
    withoutMembers(type);
  }

  /** Called by the container for the methods of such classes. */
  @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Observe.class)
  public void simplify(MethodConfig method) {
    withoutMembers(method);
  }

  /**
   * Leaves the container the bare annotation. It needs no more to bind the interceptor, which reads
   * the real one; and ArC copies members into classes that it generates, from where a {@code
   * transform} may be out of reach.
   */
  private static void withoutMembers(DeclarationConfig declaration) {
    if (declaration.info().hasAnnotation(Observe.class)) {
      declaration.removeAnnotation(present -> present.name().equals(Observe.class.getName()));
      declaration.addAnnotation(Observe.class);
    }
  }
}
