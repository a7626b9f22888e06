/** Stub providers and contracts for the tests of every integration. */
package io.langfuse4j.instrumentation.testing;
