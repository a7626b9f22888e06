package io.langfuse4j.instrumentation.testing;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * On a contract: the outcomes that what it is about does not have, with the reason, in the form of
 * {@link Integrates#without}. Holds for the classes that extend it unless they show the outcome.
 */
@Retention(RUNTIME)
@Target(TYPE)
public @interface CannotHappen {
  String[] value();
}
