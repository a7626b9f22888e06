package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.conformance.examples.ActiveObservations;
import io.langfuse4j.conformance.examples.ObservedFunctions;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's programs with current observations, and what the server shows of them. */
@Requirement("R156")
class SeedActiveIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  @Requirement({
    "R10", "R12", "R13", "R15", "R16", "R17", "R18", "R19", "R20", "R71", "R87", "R88", "R94"
  })
  void jokePipeline() {
    ActiveObservations.jokePipeline(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace user-request-pipeline
              user user_123
              session session_abc
              input {"user_query":"Tell me a joke"}
              output {"final_joke":"..."}
            - span user-request-pipeline
                input {"user_query":"Tell me a joke"}
                output {"final_joke":"..."}
              - generation joke-generation
                  model gpt-4o
                  usage {"output":8,"total":8}
                  output Why did the span cross the road?
            """);
  }

  @Test
  void jokePipeline_isFoundByItsSession() {
    ActiveObservations.jokePipeline(server.langfuse());
    String traceId = server.sentTrace().path("id").textValue();

    JsonNode session = server.api().session("session_abc");

    assertThat(session.path("id").textValue()).isEqualTo("session_abc");
    assertThat(TraceText.list(session.path("traces")))
        .anySatisfy(
            trace -> {
              assertThat(trace.path("id").textValue()).isEqualTo(traceId);
              assertThat(trace.path("input")).hasToString("{\"user_query\":\"Tell me a joke\"}");
            });
  }

  @Test
  @Requirement({"R121", "R122"})
  void jokePipeline_isFoundObservationByObservation() {
    ActiveObservations.jokePipeline(server.langfuse());
    JsonNode trace = server.sentTrace();
    String traceId = trace.path("id").textValue();

    assertThat(traceId).matches("[0-9a-f]{32}");
    assertThat(TraceText.list(server.api().observationsOfTrace(traceId)))
        .extracting(observation -> observation.path("name").textValue())
        .containsExactlyInAnyOrder("user-request-pipeline", "joke-generation");
    for (JsonNode observation : trace.path("observations")) {
      String id = observation.path("id").textValue();
      assertThat(id).matches("[0-9a-f]{16}");
      assertThat(server.api().observation(id).path("name")).isEqualTo(observation.path("name"));
    }
  }

  @Test
  void jokePipeline_saysWhatSentIt() {
    ActiveObservations.jokePipeline(server.langfuse());

    for (JsonNode observation : server.sentTrace().path("observations")) {
      JsonNode metadata = observation.path("metadata");
      assertThat(metadata.at("/scope/name").textValue()).isEqualTo("langfuse-sdk");
      assertThat(metadata.at("/scope/attributes/public_key").textValue())
          .isEqualTo(PublicApi.PUBLIC_KEY);
      assertThat(metadata.at("/resourceAttributes/telemetry.sdk.language").textValue())
          .isEqualTo("java");
      assertThat(metadata.has("attributes")).isFalse();
    }
  }

  @Test
  @Requirement({"R23", "R24", "R25", "R29"})
  void capitalOfFrance() {
    String answer = ActiveObservations.capitalOfFrance(server.langfuse());

    assertThat(answer).isEqualTo("Paris.");
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace user-request
              input {"query":"Capital of France?"}
              output Answered.
            - span user-request
                input {"query":"Capital of France?"}
                output Answered.
              - generation llm-call
                  model gpt-4
                  usage {"input":11,"output":6,"total":17}
                  input [{"content":"Capital of France?","role":"user"}]
                  output {"content":"Paris."}
            """);
  }

  @Test
  @Requirement({"R14", "R61", "R72", "R73", "R74"})
  void outerProcess() {
    ActiveObservations.outerProcess(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace outer-process
              output Outer process finished
            - span outer-process
                output Outer process finished
              - span intermediate-step
                  output Intermediate processing done
                - generation llm-step-2
                    output LLM 2 output
              - generation llm-step-1
                  output LLM 1 output
            """);
  }

  @Test
  @Requirement({"R7", "R8"})
  void allWays_makeOneTree() {
    ActiveObservations.allWays(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace request
              output short
            - span request
                output short
              - agent agent
                - span summarize
                    input a long text
                    output short
                  - tool count-words
                      output 3
            """);
  }

  @Test
  @Requirement({"R27", "R155"})
  void failure_ofABlock() {
    assertThatThrownBy(() -> ActiveObservations.failure(server.langfuse()))
        .hasMessage("the document is gone");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace read-document
            - span read-document
                level ERROR
                message the document is gone
            """);
  }

  @Test
  @Requirement({"R27", "R155"})
  void failure_ofACallback() {
    assertThatThrownBy(() -> ActiveObservations.failureInACallback(server.langfuse()))
        .hasMessage("the document is gone");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace read-document
            - span read-document
                level ERROR
                message the document is gone
            """);
  }

  @Test
  @Requirement({"R30", "R31", "R32", "R33", "R36", "R39"})
  void dataProcessing() {
    Map<String, String> result =
        ObservedFunctions.dataProcessing(server.langfuse())
            .processData("some data", "some parameter");

    assertThat(result).isEqualTo(Map.of("processed_data", "some data", "status", "ok"));
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace processData
              input {"data":"some data","parameter":"some parameter"}
              output {"processed_data":"some data","status":"ok"}
            - span processData
                input {"data":"some data","parameter":"some parameter"}
                output {"processed_data":"some data","status":"ok"}
            """);
  }

  @Test
  @Requirement({"R37", "R38", "R40"})
  void asynchronousFunction() {
    String response =
        ObservedFunctions.dataProcessing(server.langfuse())
            .callModel("Tell me")
            .toCompletableFuture()
            .join();

    assertThat(response).isEqualTo("LLM response");
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace llm-call
              input {"prompt":"Tell me"}
              output LLM response
            - generation llm-call
                input {"prompt":"Tell me"}
                output LLM response
            """);
  }

  @Test
  @Requirement({"R45", "R47"})
  void nestedFunctions() {
    Map<String, String> result = ObservedFunctions.nestedFunctions(server.langfuse());

    assertThat(result).containsEntry("status", "ok");
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace main-function
              input ["some data","some parameter"]
              output {"processed_data":"some data","status":"ok"}
            - span main-function
                input ["some data","some parameter"]
                output {"processed_data":"some data","status":"ok"}
              - span my-data-processing-function
                  input ["some data","some parameter"]
                  output {"processed_data":"some data","status":"ok"}
            """);
  }

  @Test
  @Requirement({"R46", "R75"})
  void updateWithoutAHandle() {
    assertThat(ObservedFunctions.fetchData(server.langfuse())).isEqualTo("some data from API");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace fetch-data
              input API
              output some data from API
              metadata {"source":"API"}
            - span fetch-data
                input API
                output some data from API
                metadata {"source":"API"}
            """);
  }

  @Test
  @Requirement({"R41", "R42"})
  void functionWithoutContent() {
    assertThat(ObservedFunctions.withoutContent(server.langfuse())).isEqualTo("LLM response");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo("trace llm-call\n- generation llm-call\n");
  }

  @Test
  @Requirement("R97")
  void observedPipeline() {
    ObservedFunctions.pipeline(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace my-llm-pipeline
              user user_123
              session session_pipeline
              input Why?
              output LLM response
              metadata {"pipeline":"main"}
            - span my-llm-pipeline
                input Why?
                output LLM response
              - span call-llm
                  input Why?
                  output LLM response
            """);
  }

  @Test
  @Requirement("R26")
  void asynchronousCall() {
    String response = ObservedFunctions.later(server.langfuse()).toCompletableFuture().join();

    assertThat(response).isEqualTo("LLM response");
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace llm-call
              input Tell me
              output LLM response
            - generation llm-call
                input Tell me
                output LLM response
            """);
  }

  @Test
  @Requirement("R117")
  void traceInputAndOutput_ofAnObservedFunction() {
    ObservedFunctions.userQuery(server.langfuse(), "What is six times seven?");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace process-user-query
              input {"question":"What is six times seven?"}
              output {"answer":"42"}
            - span process-user-query
                input What is six times seven?
                output 42
            """);
  }
}
