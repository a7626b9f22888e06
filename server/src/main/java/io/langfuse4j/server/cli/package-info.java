/** What the jar does besides serving: copying a data folder, and moving traces between servers. */
@NullMarked
package io.langfuse4j.server.cli;

import org.jspecify.annotations.NullMarked;
