/**
 * Experiments: a task run over the items of a dataset, judged by evaluators, each item in a trace
 * of its own. Entered by {@code langfuse.experiment(name)}; evaluating traces that are there
 * already by {@code BatchEvaluation}.
 */
@NullMarked
package io.langfuse4j.experiment;

import org.jspecify.annotations.NullMarked;
