package io.langfuse4j.examples.helpdesk.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param model the model that really answered, which may be a dated version of the one asked
 * @param finishReason {@code stop}, {@code length}, {@code tool_calls} …
 * @param usage null when the provider did not say
 */
public record ChatReply(
    String model, ChatMessage message, String finishReason, @Nullable Usage usage) {}
