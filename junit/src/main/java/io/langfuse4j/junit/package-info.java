/**
 * Langfuse in JUnit tests: observations recorded in memory and asserted on, experiments as tests
 * with thresholds, and a server for a test class. Works with JUnit 5 and 6.
 */
@NullMarked
package io.langfuse4j.junit;

import org.jspecify.annotations.NullMarked;
