package io.langfuse4j.spring;

import io.langfuse4j.internal.observed.MethodObserver;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Which methods of which beans are observed: those whose own code is annotated. */
final class ObservedMethods extends StaticMethodMatcherPointcut {

  @Override
  public boolean matches(Method method, Class<?> targetClass) {
    try {
      return observer(method, targetClass) != null;
    } catch (LinkageError optionalDependencyMissing) {
      return false;
    }
  }

  static @Nullable MethodObserver observer(Method method, Class<?> targetClass) {
    return MethodObserver.of(AopUtils.getMostSpecificMethod(method, targetClass));
  }
}
