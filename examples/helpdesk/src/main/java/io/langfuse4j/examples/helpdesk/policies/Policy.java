package io.langfuse4j.examples.helpdesk.policies;

/**
 * One policy of the shop.
 *
 * @param title what it is about; unique
 * @param text what it says
 */
public record Policy(String title, String text) {}
