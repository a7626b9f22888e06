/**
 * An application in a process of its own, and a server that fails it in every way servers do. Takes
 * minutes; {@code -Pfaults} runs it.
 */
package io.langfuse4j.conformance.faults;
