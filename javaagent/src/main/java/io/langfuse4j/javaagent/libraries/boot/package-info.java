/**
 * What the changed builders of clients call. Loaded by the bootstrap class loader, because that is
 * the one that every class can see; refers to nothing but the JDK.
 */
@NullMarked
package io.langfuse4j.javaagent.libraries.boot;

import org.jspecify.annotations.NullMarked;
