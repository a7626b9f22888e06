/**
 * From bytes inside an observation to a file on the server: finding them in attribute texts,
 * keeping those that were given as objects, uploading, and bringing them back.
 */
@NullMarked
package io.langfuse4j.internal.media;

import org.jspecify.annotations.NullMarked;
