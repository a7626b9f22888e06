package io.langfuse4j.examples.helpdesk.libraries;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.Demo;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;

/**
 * Asks with openai-java and does nothing to have that traced: start it with {@code
 * -javaagent:langfuse4j-javaagent.jar}.
 */
public final class AgentHelpDesk {
  private AgentHelpDesk() {}

  /** Runs the demo; ends with 0 if all went well. */
  public static void main(String[] arguments) {
    ExtractiveProvider provider = ExtractiveProvider.start();
    try (Langfuse langfuse = Langfuse.get()) {
      OpenAIModelClient client = new OpenAIModelClient(OpenAIHelpDesk.client(provider));
      System.exit(Demo.run(langfuse, provider, client) ? 0 : 1);
    }
  }
}
