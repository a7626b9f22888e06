/**
 * What rewritten JDK classes call. Visible to them because it is on the boot class path; therefore
 * nothing here refers to anything but the JDK.
 */
@NullMarked
package io.langfuse4j.javaagent.bootstrap;

import org.jspecify.annotations.NullMarked;
