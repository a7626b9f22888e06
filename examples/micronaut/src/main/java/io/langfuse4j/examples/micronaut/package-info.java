/** An assistant in Micronaut, and the two classes that have it traced. */
@NullMarked
package io.langfuse4j.examples.micronaut;

import org.jspecify.annotations.NullMarked;
