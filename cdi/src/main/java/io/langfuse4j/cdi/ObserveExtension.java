package io.langfuse4j.cdi;

import io.langfuse4j.Observe;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
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
}
