/**
 * Google's Agent Development Kit traces itself; this sends its spans to Langfuse and adds what they
 * lack. No second tree is made.
 */
@NullMarked
package io.langfuse4j.instrumentation.adk;

import org.jspecify.annotations.NullMarked;
