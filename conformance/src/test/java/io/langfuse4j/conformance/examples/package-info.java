/**
 * The programs of the Langfuse documentation in Java. Each runs against a real server in a test
 * beside it, and is quoted by the guides between its {@code tag} and {@code end} comments.
 */
package io.langfuse4j.conformance.examples;
