/**
 * What is stored and read: observations, and what a span says about its trace. Plain records shared
 * by ingest, store and API; nothing here knows OpenTelemetry, SQL or HTTP.
 */
@NullMarked
package io.langfuse4j.server.model;

import org.jspecify.annotations.NullMarked;
