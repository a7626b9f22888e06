package io.langfuse4j.examples.agent;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Plain Java: no container, private and static methods, calls within one class. Started with {@code
 * -javaagent:langfuse4j-javaagent.jar}.
 */
public final class Application {

  private Application() {}

  public static void main(String[] arguments) {
    System.out.println(new Application().myLlmPipeline("user_123", "session_abc"));
  }

  @Observe
  private String myLlmPipeline(String userId, String sessionId) {
    return Langfuse.propagateAttributes(
            a -> a.userId(userId).sessionId(sessionId).metadata("pipeline", "main"))
        .call(this::run);
  }

  private String run() {
    String data = fetchData("API");
    signIn("secret");
    Map<String, String> processed = myDataProcessingFunction(data, "short");
    return myAsyncLlmCall(processed.get("processed_data")).toCompletableFuture().join();
  }

  @Observe(name = "fetch-data")
  private String fetchData(String source) {
    Langfuse.get().updateCurrentObservation(o -> o.metadata("source", source));
    return "some data from " + source;
  }

  @Observe
  private static Map<String, String> myDataProcessingFunction(String data, String parameter) {
    return Map.of("processed_data", data, "status", "ok");
  }

  /** What is secret or large can be left out. */
  @Observe(captureInput = false, captureOutput = false)
  private String signIn(String password) {
    return "token";
  }

  /** The observation ends when the answer is there. */
  @Observe(name = "llm-call", type = Observe.Type.GENERATION)
  private CompletionStage<String> myAsyncLlmCall(String promptText) {
    // The agent takes the observation along to the common pool.
    return CompletableFuture.supplyAsync(() -> complete(promptText));
  }

  @Observe
  private static String complete(String promptText) {
    return "LLM response";
  }
}
