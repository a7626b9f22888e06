package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import java.util.function.Supplier;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;

/**
 * Puts {@link ObserveInterceptor} around beans with observed methods. Needs Spring AOP alone, which
 * every Boot application has; AspectJ is not involved. As with all proxies, calls within a bean and
 * private or final methods are not seen.
 */
final class ObserveBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

  private static final long serialVersionUID = 1;

  private final boolean subclasses;
  private final Advisor observing;

  ObserveBeanPostProcessor(Supplier<Langfuse> langfuse, boolean subclasses) {
    ObserveInterceptor interceptor = new ObserveInterceptor(langfuse);
    setBeforeExistingAdvisors(true);
    setProxyTargetClass(subclasses);
    this.subclasses = subclasses;
    this.observing = new DefaultPointcutAdvisor(new ObservedMethods(), interceptor);
    this.advisor = observing;
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

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    Object processed = super.postProcessAfterInitialization(bean, beanName);
    if (processed instanceof Advised proxy && !proxy.isFrozen()) {
      moveInsideAsync(proxy);
    }
    return processed;
  }

  /**
   * An asynchronous method is observed where it works, and until it has worked, even if it returns
   * nothing. Should {@code @Async} be processed after us, it places itself before ours anyway.
   */
  private void moveInsideAsync(Advised proxy) {
    Advisor[] advisors = proxy.getAdvisors();
    int own = proxy.indexOf(observing);
    for (int i = own + 1; own >= 0 && i < advisors.length; i++) {
      if (advisors[i] instanceof AsyncAnnotationAdvisor) {
        proxy.removeAdvisor(own);
        proxy.addAdvisor(i, observing);
        return;
      }
    }
  }
}
