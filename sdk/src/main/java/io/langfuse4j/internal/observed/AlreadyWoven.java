package io.langfuse4j.internal.observed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Put on classes that were woven at build time, so that the agent does not weave them again and
 * nobody complains of methods that a proxy cannot see.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AlreadyWoven {}
