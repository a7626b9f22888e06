/** What tests of the SDK and of everything built on it share: a sink for OTLP and what it shows. */
package io.langfuse4j.testing;
