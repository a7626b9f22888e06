package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Tokens read and written, as the provider counted them. */
public record Usage(
    @JsonProperty("prompt_tokens") long promptTokens,
    @JsonProperty("completion_tokens") long completionTokens,
    @JsonProperty("total_tokens") long totalTokens) {

  public static Usage of(long promptTokens, long completionTokens) {
    return new Usage(promptTokens, completionTokens, promptTokens + completionTokens);
  }
}
