/**
 * Two services in two JVMs that talk over real HTTP: which clients and servers carry a trace, and
 * what of it. {@code Calls} has what a user writes for each client, quoted by the guides.
 */
package io.langfuse4j.conformance.services;
