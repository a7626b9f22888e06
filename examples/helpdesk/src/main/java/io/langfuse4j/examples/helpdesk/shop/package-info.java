/**
 * What the help desk can look up: orders and where their parcels are. Two tools are offered to the
 * model; each says in JSON schema what it needs to know.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk.shop;

import org.jspecify.annotations.NullMarked;
