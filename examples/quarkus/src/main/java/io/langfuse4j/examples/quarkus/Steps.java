package io.langfuse4j.examples.quarkus;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The steps of a pipeline. Only one of them talks to Langfuse, to add something of its own. */
@ApplicationScoped
public class Steps {

  @Observe(name = "fetch-data")
  public String fetchData(String source) {
    Langfuse.get().updateCurrentObservation(o -> o.metadata("source", source));
    return "some data from " + source;
  }

  @Observe
  public Map<String, String> myDataProcessingFunction(String data, String parameter) {
    return Map.of("processed_data", data, "status", "ok");
  }

  /** What is secret or large can be left out. */
  @Observe(captureInput = false, captureOutput = false)
  public String signIn(String password) {
    return "token";
  }

  /** The observation ends when the answer is there. */
  @Observe(name = "llm-call", type = Observe.Type.GENERATION)
  public CompletionStage<String> myAsyncLlmCall(String promptText) {
    return CompletableFuture.supplyAsync(() -> "LLM response");
  }
}
