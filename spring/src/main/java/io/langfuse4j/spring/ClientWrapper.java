package io.langfuse4j.spring;

import java.util.function.UnaryOperator;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts the traced client in the place of every bean of a type. */
final class ClientWrapper<T> implements BeanPostProcessor {

  private final Class<T> type;
  private final UnaryOperator<T> wrap;

  ClientWrapper(Class<T> type, UnaryOperator<T> wrap) {
    this.type = type;
    this.wrap = wrap;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return type.isInstance(bean) ? wrap.apply(type.cast(bean)) : bean;
  }
}
