/** Opens Braintrust's processor to the benchmark, whose constructor is package-private. */
@NullMarked
package dev.braintrust.trace;

import org.jspecify.annotations.NullMarked;
