package io.langfuse4j.examples.boot;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Calls the steps: its observation is their parent. */
@Service
public class Pipeline {

  private final Steps steps;

  Pipeline(Steps steps) {
    this.steps = steps;
  }

  @Observe
  public String myLlmPipeline(String userId, String sessionId) {
    return Langfuse.propagateAttributes(
            a -> a.userId(userId).sessionId(sessionId).metadata("pipeline", "main"))
        .call(this::run);
  }

  private String run() {
    String data = steps.fetchData("API");
    steps.signIn("secret");
    Map<String, String> processed = steps.myDataProcessingFunction(data, "short");
    return steps.myAsyncLlmCall(processed.get("processed_data")).toCompletableFuture().join();
  }
}
