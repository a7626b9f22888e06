/**
 * Says why no traces arrive: checks settings, server, keys and libraries one by one, and sends a
 * trace. Started by the agent's {@code doctor} command.
 */
@NullMarked
package io.langfuse4j.instrumentation.doctor;

import org.jspecify.annotations.NullMarked;
