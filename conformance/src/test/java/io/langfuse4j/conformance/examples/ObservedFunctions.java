package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Functions that are an observation each. */
public final class ObservedFunctions {

  private ObservedFunctions() {}

  // tag::data-processing[]
  public interface DataProcessing {
    Map<String, String> processData(String data, String parameter);

    CompletionStage<String> callModel(String prompt);
  }

  public static final class MyDataProcessing implements DataProcessing {

    @Observe
    @Override
    public Map<String, String> processData(String data, String parameter) {
      return Map.of("processed_data", data, "status", "ok");
    }

    @Observe(name = "llm-call", type = Observe.Type.GENERATION)
    @Override
    public CompletionStage<String> callModel(String prompt) {
      return CompletableFuture.supplyAsync(() -> "LLM response");
    }
  }

  // end::data-processing[]

  public static DataProcessing dataProcessing(Langfuse langfuse) {
    // tag::observed-object[]
    DataProcessing processing = langfuse.observed(DataProcessing.class, new MyDataProcessing());
    // end::observed-object[]
    return processing;
  }

  public static Map<String, String> nestedFunctions(Langfuse langfuse) {
    // tag::nested-functions[]
    BiFunction<String, String, Map<String, String>> processData =
        langfuse.observed(
            "my-data-processing-function",
            (data, parameter) -> Map.of("processed_data", data, "status", "ok"));
    BiFunction<String, String, Map<String, String>> mainFunction =
        langfuse.observed("main-function", (data, parameter) -> processData.apply(data, parameter));

    Map<String, String> result = mainFunction.apply("some data", "some parameter");
    // end::nested-functions[]
    return result;
  }

  public static String fetchData(Langfuse langfuse) {
    // tag::fetch-data[]
    Function<String, String> fetchData =
        langfuse.observed(
            "fetch-data",
            source -> {
              langfuse.updateCurrentObservation(o -> o.metadata("source", "API"));
              return "some data from " + source;
            });

    String data = fetchData.apply("API");
    // end::fetch-data[]
    return data;
  }

  public static String withoutContent(Langfuse langfuse) {
    // tag::without-arguments[]
    Function<String, String> answer =
        langfuse
            .observed("llm-call", GENERATION)
            .captureInput(false)
            .captureOutput(false)
            .function(prompt -> "LLM response");
    // end::without-arguments[]
    return answer.apply("a secret prompt");
  }

  public static CompletionStage<String> later(Langfuse langfuse) {
    // tag::observe-async[]
    CompletionStage<String> response =
        langfuse.observeAsync(
            "llm-call",
            GENERATION,
            generation -> {
              generation.input("Tell me");
              return CompletableFuture.supplyAsync(() -> "LLM response")
                  .thenApply(
                      text -> {
                        generation.output(text);
                        return text;
                      });
            });
    // end::observe-async[]
    return response;
  }

  @SuppressWarnings("deprecation")
  public static String userQuery(Langfuse langfuse, String question) {
    Function<String, String> process =
        langfuse.observed(
            "process-user-query",
            asked -> {
              String answer = "42";
              langfuse.setCurrentTraceIO(Map.of("question", asked), Map.of("answer", answer));
              return answer;
            });
    return process.apply(question);
  }

  public static void pipeline(Langfuse langfuse) {
    // tag::observed-pipeline[]
    Function<String, String> callModel = langfuse.observed("call-llm", prompt -> "LLM response");
    Function<String, String> pipeline =
        langfuse.observed(
            "my-llm-pipeline",
            question ->
                Langfuse.propagateAttributes(
                        a ->
                            a.userId("user_123")
                                .sessionId("session_pipeline")
                                .metadata("pipeline", "main"))
                    .call(() -> callModel.apply(question)));

    pipeline.apply("Why?");
    // end::observed-pipeline[]
  }
}
