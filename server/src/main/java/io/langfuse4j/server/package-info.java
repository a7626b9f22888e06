/**
 * The Langfuse that starts from one jar. This package holds what starts and stops it; the packages
 * below hold decoding, mapping, storage, the public API and the viewer's endpoints.
 */
@NullMarked
package io.langfuse4j.server;

import org.jspecify.annotations.NullMarked;
