/**
 * The path from an ended span to the server: a bounded queue, one worker, the OTLP protobuf writer
 * and the HTTP sender. Public OpenTelemetry types only, so that it runs with every OpenTelemetry
 * version in the field.
 */
@NullMarked
package io.langfuse4j.internal.export;

import org.jspecify.annotations.NullMarked;
