package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.Langfuse;
import io.langfuse4j.conformance.examples.Ids;
import io.langfuse4j.conformance.examples.Propagation;
import io.langfuse4j.conformance.examples.TraceInputAndOutput;
import io.langfuse4j.testing.Requirement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's programs about whole traces: their attributes, input, output and ids. */
@Requirement("R156")
class SeedTraceIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  @Requirement({"R87", "R88", "R89", "R90", "R91", "R94", "R99"})
  void userWorkflow() {
    Propagation.userWorkflow(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace user-workflow
              user user_123
              session session_workflow
              version 1.0
              metadata {"experiment":"variant_a"}
            - span user-workflow
                version 1.0
              - generation llm-call
                  model gpt-4
                  version 1.0
            """);
  }

  @Test
  @Requirement({"R92", "R98", "R99"})
  void propagationScope() {
    Propagation.pipeline(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace data-processing
              user user-123
              tags ["authenticated-user"]
              metadata {"plan":"premium"}
            - span data-processing
              - generation llm-call
            """);
  }

  @Test
  @Requirement({"R106", "R108", "R111"})
  void apiRequest_isContinuedByServiceB() throws Exception {
    Langfuse ofServiceB = server.newClient();
    CompletableFuture<String> baggage = new CompletableFuture<>();
    HttpServer serviceB = httpServer();
    serviceB.createContext(
        "/api",
        exchange -> {
          baggage.complete(exchange.getRequestHeaders().getFirst("baggage"));
          Propagation.serviceB(ofServiceB, exchange);
        });
    serviceB.start();
    try {
      Propagation.apiRequest(server.langfuse(), url(serviceB, "/api"));
    } finally {
      serviceB.stop(0);
    }

    assertThat(baggage.join())
        .contains("langfuse_user_id=user_123", "langfuse_session_id=session_baggage");
    assertThat(ofServiceB.flush()).isTrue();
    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace api-request
              user user_123
              session session_baggage
            - span api-request
              - span service-b
                  output done
            """);
  }

  static HttpServer httpServer() throws Exception {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  static URI url(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  @Requirement({"R112", "R113", "R114", "R115"})
  void inputAndOutput_ofTheRootAreTheTraces() {
    TraceInputAndOutput.ofTheRoot(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace user-request
              input {"query":"What is the capital of France?"}
              output {"answer":"Paris"}
            - span user-request
                input {"query":"What is the capital of France?"}
                output {"answer":"Paris"}
              - generation llm-call
                  model gpt-4o
                  usage {"input":19,"output":7,"total":26}
                  input {"messages":[{"content":"What is the capital of France?","role":"user"}]}
                  output Paris is the capital of France.
            """);
  }

  @Test
  @Requirement({"R116", "R118", "R120"})
  void inputAndOutput_ofTheTraceMayBeOthers() {
    TraceInputAndOutput.ofItsOwn(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace complex-pipeline
              input {"original_query":"User's actual question"}
              output {"confidence":0.95,"final_answer":"Complete response"}
            - span complex-pipeline
                input Step 1 data
                output Step 1 result
            """);
    assertThat(server.listedTraces())
        .extracting(listed -> listed.path("input").toString())
        .containsExactly("{\"original_query\":\"User's actual question\"}");
  }

  @Test
  @Requirement("R117")
  void inputAndOutput_ofTheTraceFromInside() {
    TraceInputAndOutput.fromInside(server.langfuse(), "What is six times seven?");

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace process-user-query
              input {"question":"What is six times seven?"}
              output {"answer":"42"}
            - span process-user-query
              - generation call-llm
            """);
  }

  @Test
  @Requirement("R125")
  void seededTraceId_isTheOneOfTheOtherSdks() {
    assertThat(Ids.seeded()).isEqualTo("6cec55478a541a9eb2b3bfd6c8ba5670");
  }

  @Test
  @Requirement({"R134", "R135"})
  void ticket_isFoundByItsSeededTraceId() {
    Ids.ticket(server.langfuse());

    JsonNode trace = server.sentTrace();
    assertThat(trace.path("id").textValue()).isEqualTo("f2df2e567d4515bc1e4ed0a214e2cf3c");
    assertThat(TraceText.of(trace))
        .isEqualTo(
            """
            trace process-ticket
              output solved
            - span process-ticket
                output solved
            """);
  }

  @Test
  @Requirement({"R126", "R127", "R128"})
  void currentIds() {
    List<String> ids = Ids.current(server.langfuse());

    JsonNode trace = server.sentTrace();
    assertThat(ids)
        .containsExactly(trace.path("id").textValue(), trace.at("/observations/0/id").textValue());
  }

  @Test
  @Requirement({"R130", "R131"})
  void downstream_joinsTheTrace() {
    Ids.downstream(server.langfuse());
    server.langfuse().flush();

    JsonNode trace = server.api().trace("abcdef1234567890abcdef1234567890");
    assertThat(TraceText.of(trace))
        .isEqualTo(
            """
            trace without a name
            - span process-downstream-task below fedcba0987654321
            """);
  }
}
