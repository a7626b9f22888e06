package io.langfuse4j.examples.helpdesk.policies;

/**
 * A policy that was found for a query.
 *
 * @param score how well it matches; comparable within one query only
 */
public record Passage(String title, String text, double score) {}
