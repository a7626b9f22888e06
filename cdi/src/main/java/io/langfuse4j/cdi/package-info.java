/**
 * {@code @Observe} in containers with CDI: a build compatible extension makes it an interceptor
 * binding, so nothing of CDI is in the annotation and nothing has to be enabled.
 */
@NullMarked
package io.langfuse4j.cdi;

import org.jspecify.annotations.NullMarked;
