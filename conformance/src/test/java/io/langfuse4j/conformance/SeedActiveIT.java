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
  void dataProcessing() {
    Map<String, String> result =
        new ObservedFunctions(server.langfuse()).processData("some data", "some parameter");

    assertThat(result).isEqualTo(Map.of("processed_data", "some data", "status", "ok"));
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace my-data-processing-function
              input {"data":"some data","parameter":"some parameter"}
              output {"processed_data":"some data","status":"ok"}
            - span my-data-processing-function
                input {"data":"some data","parameter":"some parameter"}
                output {"processed_data":"some data","status":"ok"}
            """);
  }

  @Test
  @Requirement("R26")
  void asynchronousCall() {
    String response =
        new ObservedFunctions(server.langfuse()).callModel("Tell me").toCompletableFuture().join();

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
  @Requirement("R12")
  void nestedFunctions() {
    new ObservedFunctions(server.langfuse()).mainFunction("some data", "some parameter");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace main-function
            - span main-function
              - span my-data-processing-function
                  input {"data":"some data","parameter":"some parameter"}
                  output {"processed_data":"some data","status":"ok"}
            """);
  }

  @Test
  @Requirement("R75")
  void updateWithoutAHandle() {
    new ObservedFunctions(server.langfuse()).fetchData("API");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace fetch-data
              input API
              metadata {"source":"API"}
            - span fetch-data
                input API
                metadata {"source":"API"}
            """);
  }
}
