/**
 * Traces the Java SDK of the Model Context Protocol: what a client asks of a server, what a server
 * does, and the trace that leads from one to the other in the field {@code _meta} of the protocol.
 * {@link LangfuseMcp} is the way in.
 */
@NullMarked
package io.langfuse4j.instrumentation.mcp;

import org.jspecify.annotations.NullMarked;
