package io.langfuse4j.instrumentation.testing;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The outcomes of which a test shows what is recorded; counted by {@link MatrixListener}. */
@Retention(RUNTIME)
@Target(METHOD)
public @interface Shows {
  Outcome[] value();
}
