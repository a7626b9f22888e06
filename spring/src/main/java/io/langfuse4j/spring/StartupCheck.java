package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.LangfuseApiException;

/**
 * Asks the Langfuse server for the project of the keys, on request of {@code
 * langfuse.verify-on-startup}. Otherwise wrong keys are a warning when the first trace is refused.
 */
final class StartupCheck {

  private StartupCheck() {}

  /**
   * Asks once, and waits for as long as the client's requests may take.
   *
   * @throws LangfuseConfigurationException if the server does not name a project
   */
  static void run(Langfuse langfuse) {
    String server = langfuse.baseUrl();
    if (server == null) {
      throw new LangfuseConfigurationException(
          "Langfuse has no keys, so that nothing would be traced.",
          "Set langfuse.public-key and langfuse.secret-key (or LANGFUSE_PUBLIC_KEY and"
              + " LANGFUSE_SECRET_KEY) to keys of a project, or langfuse.verify-on-startup to"
              + " false.");
    }
    try {
      langfuse.api().project();
    } catch (LangfuseApiException e) {
      throw explained(server, e);
    }
  }

  private static LangfuseConfigurationException explained(String server, LangfuseApiException e) {
    if (e.status() == 401 || e.status() == 403) {
      return new LangfuseConfigurationException(
          "The Langfuse server at " + server + " refuses the keys (HTTP " + e.status() + ").",
          "Copy both keys again from the settings of one project, and check that langfuse.base-url"
              + " is the server (for Langfuse Cloud: the region) on which it is.",
          e);
    }
    if (e.getCause() != null && e.status() == 0) {
      return new LangfuseConfigurationException(
          "The Langfuse server at " + server + " cannot be reached: " + e.getCause(),
          "Set langfuse.base-url (or LANGFUSE_BASE_URL) to the address of a server that runs, or"
              + " langfuse.verify-on-startup to false.",
          e);
    }
    return new LangfuseConfigurationException(
        server + " does not name the project of the keys. " + e.getMessage(),
        "Set langfuse.base-url (or LANGFUSE_BASE_URL) to the address of the server without a path,"
            + " or langfuse.verify-on-startup to false.",
        e);
  }
}
