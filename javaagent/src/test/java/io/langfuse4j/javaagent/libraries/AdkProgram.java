package io.langfuse4j.javaagent.libraries;

import com.google.adk.agents.LlmAgent;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.sessions.Session;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import java.util.Map;

/** An application that knows Google's Agent Development Kit and nothing of Langfuse. */
public final class AdkProgram {

  private AdkProgram() {}

  /** A tool, which ADK calls by reflection. */
  public static Map<String, Object> weather(@Schema(name = "city") String city) {
    return Map.of("in", city);
  }

  public static void main(String[] args) {
    Client client =
        Client.builder()
            .apiKey("key")
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(args[0])
                    .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                    .build())
            .build();
    InMemoryRunner runner =
        new InMemoryRunner(
            LlmAgent.builder()
                .name("forecaster")
                .instruction("Be brief.")
                .model(Gemini.builder().modelName("gemini-2.5-flash").apiClient(client).build())
                .tools(FunctionTool.create(AdkProgram.class, "weather"))
                .build(),
            "app");
    for (int i = 0; i < 2; i++) {
      try {
        Session session = runner.sessionService().createSession("app", "ada").blockingGet();
        runner
            .runAsync("ada", session.id(), Content.fromParts(Part.fromText("Weather in Paris?")))
            .blockingForEach(event -> System.out.println(event.stringifyContent()));
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName());
      }
    }
    System.exit(0);
  }
}
