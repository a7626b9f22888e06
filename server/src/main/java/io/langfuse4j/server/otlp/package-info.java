/**
 * OTLP as it arrives, protobuf or JSON, read into one neutral shape. What a span means to Langfuse
 * is not known here; what exporters really send, legal or not, is.
 */
@NullMarked
package io.langfuse4j.server.otlp;

import org.jspecify.annotations.NullMarked;
