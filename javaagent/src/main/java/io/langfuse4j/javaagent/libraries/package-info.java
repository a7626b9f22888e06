/**
 * Switches the integrations on for libraries that the application uses, without a line of its code:
 * what builds a client of theirs hands it over to be wrapped. The integrations come with the agent,
 * and with them the SDK for applications that do not have it.
 */
@NullMarked
package io.langfuse4j.javaagent.libraries;

import org.jspecify.annotations.NullMarked;
