package io.langfuse4j.server.store;

/** A value that a facet takes, and how many traces have it. */
public record FacetValue(String value, long count) {}
