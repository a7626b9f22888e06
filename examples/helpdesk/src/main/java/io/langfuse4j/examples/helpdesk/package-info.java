/**
 * A help desk that is traced with Langfuse4j. Begin with {@link
 * io.langfuse4j.examples.helpdesk.HelpDesk}: it and the three classes it works with ({@code
 * Retriever}, {@code Model}, {@code Toolbox}) are all that know about tracing. The packages below
 * are an ordinary program.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk;

import org.jspecify.annotations.NullMarked;
