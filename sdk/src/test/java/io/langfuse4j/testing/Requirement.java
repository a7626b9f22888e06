package io.langfuse4j.testing;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The requirements a test shows, by the numbers of {@code docs/compatibility.md}: {@code "R10"}.
 */
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface Requirement {
  String[] value();
}
