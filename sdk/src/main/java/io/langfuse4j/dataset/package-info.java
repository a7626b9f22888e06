/**
 * Datasets: inputs with the outputs that are expected, kept on the server or made up in the
 * program. Entered by {@code langfuse.datasets()}.
 */
@NullMarked
package io.langfuse4j.dataset;

import org.jspecify.annotations.NullMarked;
