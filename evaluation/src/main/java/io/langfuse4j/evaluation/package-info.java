/**
 * What evaluations need besides the SDK and what the SDK has no library for: data out of files, and
 * evaluators that need a library.
 */
@NullMarked
package io.langfuse4j.evaluation;

import org.jspecify.annotations.NullMarked;
