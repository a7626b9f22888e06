package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import java.util.function.Supplier;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * Puts {@link ObserveInterceptor} around beans with observed methods. Needs Spring AOP alone, which
 * every Boot application has; AspectJ is not involved. As with all proxies, calls within a bean and
 * private or final methods are not seen.
 */
final class ObserveBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

  private static final long serialVersionUID = 1;

  private final boolean subclasses;

  ObserveBeanPostProcessor(Supplier<Langfuse> langfuse, boolean subclasses) {
    ObserveInterceptor interceptor = new ObserveInterceptor(langfuse);
    setBeforeExistingAdvisors(true);
    setProxyTargetClass(subclasses);
    this.subclasses = subclasses;
    this.advisor = new DefaultPointcutAdvisor(new ObservedMethods(), interceptor);
  }

  /** Rather leaves a bean unobserved than keeps the application from starting. */
  @Override
  protected boolean isEligible(Class<?> targetClass) {
    if (!super.isEligible(targetClass)) {
      return false;
    }
    UnseenMethods.warnOf(targetClass, subclasses);
    return !(subclasses && UnseenMethods.cannotBeSubclassed(targetClass));
  }
}
