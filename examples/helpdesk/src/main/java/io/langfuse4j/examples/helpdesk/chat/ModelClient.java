package io.langfuse4j.examples.helpdesk.chat;

/**
 * Asks a model, once. Which library does that, and who traces it, is up to the implementation:
 * nothing else of the help desk changes.
 */
@FunctionalInterface
public interface ModelClient {

  /**
   * Asks for a reply, token by token if the request says so.
   *
   * @throws RateLimitedException if the provider is busy; other attempts are up to the caller
   * @throws ProviderException if it cannot be reached, or refuses
   */
  ChatReply ask(ChatRequest request);

  /** Asks without a trace, or does nothing if everything that is asked is traced. */
  default void warmUp(ChatRequest request) {}
}
