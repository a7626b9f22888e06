/**
 * What judges the output of a task: the types that experiments and batch evaluations share, and a
 * small library of evaluators that need nothing but the JDK.
 */
@NullMarked
package io.langfuse4j.evaluator;

import org.jspecify.annotations.NullMarked;
