package io.langfuse4j.prompt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which version of a prompt, and how it is fetched. Received by a lambda; not thread-safe. */
public final class PromptOptions {

  private @Nullable Integer version;
  private @Nullable String label;
  private @Nullable Duration timeToLive;
  private @Nullable Duration timeout;
  private int maxRetries = 2;
  private @Nullable String textFallback;
  private @Nullable List<? extends PromptMessage> chatFallback;

  PromptOptions() {}

  /** This version. Not together with a label. */
  public PromptOptions version(int version) {
    this.version = version;
    return this;
  }

  /** The version that has this label. Without version and label it is {@code production}. */
  public PromptOptions label(@Nullable String label) {
    this.label = label;
    return this;
  }

  /**
   * How long what is fetched now counts as fresh; zero fetches every time. Without it the client's,
   * {@code LANGFUSE_PROMPT_CACHE_DEFAULT_TTL_SECONDS}.
   */
  public PromptOptions cacheTtl(@Nullable Duration timeToLive) {
    this.timeToLive = timeToLive;
    return this;
  }

  /** How long to wait for the server in all; without it the client's timeout. */
  public PromptOptions timeout(@Nullable Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** How often to ask again where a failure may pass; 0 to 4, default 2. */
  public PromptOptions maxRetries(int maxRetries) {
    this.maxRetries = Math.min(4, Math.max(0, maxRetries));
    return this;
  }

  /** What to use for a text prompt that cannot be had. Not kept, not linked. */
  public PromptOptions fallback(@Nullable String text) {
    this.textFallback = text == null || text.isEmpty() ? null : text;
    return this;
  }

  /** What to use for a chat prompt that cannot be had. Not kept, not linked. */
  public PromptOptions fallback(@Nullable List<? extends PromptMessage> messages) {
    this.chatFallback = messages == null || messages.isEmpty() ? null : messages;
    return this;
  }

  @Nullable Integer version() {
    return version;
  }

  @Nullable String label() {
    return label;
  }

  @Nullable Duration cacheTtl() {
    return timeToLive;
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  int maxRetries() {
    return maxRetries;
  }

  @Nullable Prompt fallbackFor(String name) {
    if (textFallback != null) {
      return new TextPrompt(name, this, textFallback);
    }
    return chatFallback == null ? null : new ChatPrompt(name, this, chatFallback);
  }
}
