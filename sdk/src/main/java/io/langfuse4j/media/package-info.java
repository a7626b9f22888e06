/**
 * Images, audio, documents and other files in observations: {@link
 * io.langfuse4j.media.LangfuseMedia} is content to upload, {@link
 * io.langfuse4j.media.LangfuseMediaReference} what stands for it in a trace.
 */
@NullMarked
package io.langfuse4j.media;

import org.jspecify.annotations.NullMarked;
