package io.langfuse4j.instrumentation.testing;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * What a class of tests is about: a row of the table of what was tested, which {@link
 * MatrixListener} writes from the tests that ran. Several classes may add to one row; a class that
 * is about several says at each test which, by {@link Shows#operation}.
 */
@Inherited
@Repeatable(Integrates.All.class)
@Retention(RUNTIME)
@Target(TYPE)
public @interface Integrates {

  /** The library, by the name of its artifact. */
  String library();

  /** What is called. */
  String operation();

  /** How the integration gets there. */
  String way() default "by hand";

  /** The outcomes that cannot happen or are not shown here, with the reason: {@code CUT: ...}. */
  String[] without() default {};

  /** Several of them. */
  @Inherited
  @Retention(RUNTIME)
  @Target(TYPE)
  @interface All {
    Integrates[] value();
  }
}
