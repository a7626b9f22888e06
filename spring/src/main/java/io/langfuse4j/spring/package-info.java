/**
 * Langfuse in a Spring Boot application: a client configured by {@code langfuse.*} properties, and
 * {@code @Observe} on the methods of beans. One auto-configuration for Boot 3 and Boot 4, so only
 * what both have may be used here.
 */
@NullMarked
package io.langfuse4j.spring;

import org.jspecify.annotations.NullMarked;
