package io.langfuse4j.instrumentation.testing;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The outcomes of which a test shows what is recorded; counted by {@link MatrixListener}. */
@Retention(RUNTIME)
@Target(METHOD)
@Repeatable(Shows.All.class)
public @interface Shows {
  Outcome[] value();

  /** Of which operation, where the class {@link Integrates} several; the first one by default. */
  String operation() default "";

  /** Several of them. */
  @Retention(RUNTIME)
  @Target(METHOD)
  @interface All {
    Shows[] value();
  }
}
