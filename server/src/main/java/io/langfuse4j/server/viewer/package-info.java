/**
 * What the viewer asks of the server beyond the public API: lists made for its tables, one trace
 * without its content, content on demand, and a stream of changes. Not a public API; it changes
 * with the viewer.
 */
@NullMarked
package io.langfuse4j.server.viewer;

import org.jspecify.annotations.NullMarked;
