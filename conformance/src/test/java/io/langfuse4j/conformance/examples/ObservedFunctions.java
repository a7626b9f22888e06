package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Functions that are an observation each, written with callbacks. */
public final class ObservedFunctions {

  private final Langfuse langfuse;

  public ObservedFunctions(Langfuse langfuse) {
    this.langfuse = langfuse;
  }

  // tag::data-processing[]
  public Map<String, String> processData(String data, String parameter) {
    return langfuse.observe(
        "my-data-processing-function",
        span -> {
          span.input(Map.of("data", data, "parameter", parameter));
          Map<String, String> result = Map.of("processed_data", data, "status", "ok");
          span.output(result);
          return result;
        });
  }

  public CompletionStage<String> callModel(String prompt) {
    return langfuse.observeAsync(
        "llm-call",
        GENERATION,
        generation -> {
          generation.input(prompt);
          return CompletableFuture.supplyAsync(() -> "LLM response")
              .thenApply(
                  response -> {
                    generation.output(response);
                    return response;
                  });
        });
  }

  // end::data-processing[]

  public Map<String, String> mainFunction(String data, String parameter) {
    // tag::nested-functions[]
    return langfuse.observe("main-function", span -> processData(data, parameter));
    // end::nested-functions[]
  }

  public String fetchData(String source) {
    // tag::update-without-a-handle[]
    return langfuse.observe(
        "fetch-data",
        span -> {
          span.input(source);
          return readFrom(source);
        });
  }

  private String readFrom(String source) {
    langfuse.updateCurrentObservation(o -> o.metadata("source", source));
    return "some data from " + source;
  }

  // end::update-without-a-handle[]
}
