/**
 * Programs that print what tracing costs, each with its peers beside it in the same run: JMH
 * classes for the calling thread and load tests for the export. Numbers and the commands that made
 * them are in the module's README.
 */
@NullMarked
package io.langfuse4j.benchmarks;

import org.jspecify.annotations.NullMarked;
