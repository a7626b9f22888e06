package io.langfuse4j.instrumentation.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorTest {

  private final OtlpSink sink = new OtlpSink();
  private final StubProvider stub = new StubProvider();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    sink.close();
    stub.close();
  }

  private boolean examine(Map<String, String> variables) {
    return Doctor.examine(
        new PrintStream(said, true, StandardCharsets.UTF_8),
        getClass().getClassLoader(),
        variables);
  }

  private static Map<String, String> variables(String url) {
    return Map.of(
        "LANGFUSE_PUBLIC_KEY", "pk-lf-1234567890",
        "LANGFUSE_SECRET_KEY", "sk-lf-secret",
        "LANGFUSE_BASE_URL", url,
        "LANGFUSE_TIMEOUT", "5");
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void healthy_sendsATraceAndPrintsItsLink() {
    assertThat(examine(variables(sink.url()))).as(said()).isTrue();

    assertThat(sink.spans()).extracting(span -> span.name()).containsExactly("langfuse-doctor");
    String trace = sink.spans().get(0).traceId();
    assertThat(said())
        .contains("[ok]   reachable", "[ok]   the keys are right", trace)
        .contains("pk-lf-12...")
        .doesNotContain("FAIL", "sk-lf-secret", "1234567890");
  }

  @Test
  void wrongKeys_areNamed() {
    stub.json(200, "{\"status\":\"OK\",\"version\":\"3.1.0\"}").json(401, "{}");

    assertThat(examine(variables(stub.url()))).isFalse();

    assertThat(said())
        .contains("[ok]   reachable (version 3.1.0)", "[FAIL] the server refuses the keys (401)")
        .contains("LANGFUSE_PUBLIC_KEY");
  }

  @Test
  void noKeys_areAskedForWhereTheyAreNeeded() {
    stub.json(200, "{\"status\":\"OK\",\"version\":\"3.1.0\"}").json(401, "{}");

    assertThat(examine(Map.of("LANGFUSE_BASE_URL", stub.url()))).isFalse();

    assertThat(said())
        .contains("[ok]   keys: none are set", "[FAIL] the server wants keys (401)")
        .doesNotContain("and a secret");
  }

  @Test
  void keysMixedUp_areSaidAndNotShown() {
    Map<String, String> variables = new HashMap<>(variables(sink.url()));
    variables.put("LANGFUSE_PUBLIC_KEY", "sk-lf-secret");
    variables.put("LANGFUSE_SECRET_KEY", "pk-lf-1234567890");

    assertThat(examine(variables)).isFalse();

    assertThat(said())
        .contains("[FAIL] Langfuse: tracing is off", "are each in the other's place")
        .doesNotContain("sk-lf-secret");
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  void oldServer_isTooOld() {
    stub.json(200, "{\"status\":\"OK\",\"version\":\"2.95.1\"}");

    assertThat(examine(variables(stub.url()))).isFalse();

    assertThat(said()).contains("[FAIL] Langfuse 2.95.1 takes no traces of OpenTelemetry");
  }

  @Test
  void pageOfSomethingElse_isNoLangfuse() {
    stub.json(200, "<html><body>Welcome</body></html>");

    assertThat(examine(variables(stub.url()))).isFalse();

    assertThat(said()).contains("[FAIL] what answers /api/public/health is no Langfuse");
  }

  @Test
  void https_whereItIsNotSpoken_isSaid() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> answerInPlainText(plain));

      assertThat(examine(variables("https://127.0.0.1:" + plain.getLocalPort()))).isFalse();
    }

    assertThat(said()).contains("does not speak https");
  }

  /** To every connection: the client makes another one where the first fails early. */
  private static void answerInPlainText(ServerSocket server) {
    byte[] hello = new byte[16 * 1024];
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (socket.getInputStream().read(hello) > 0) {
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        }
      } catch (IOException gone) {
        // The client hung up, or the test is over.
      }
    }
  }

  @Test
  void noLangfuseThere_isSaid() {
    stub.json(404, "{}");

    assertThat(examine(variables(stub.url()))).isFalse();

    assertThat(said()).contains("[FAIL] the server answers /api/public/health with 404");
  }

  @Test
  void unreachable_isSaidWithTheSettingToCheck() {
    assertThat(examine(variables("http://127.0.0.1:1"))).isFalse();

    assertThat(said())
        .contains(
            "[FAIL] http://127.0.0.1:1 cannot be reached: nothing listens", "LANGFUSE_BASE_URL");
  }

  @Test
  void missingKey_isNamed() {
    assertThat(
            examine(
                Map.of("LANGFUSE_PUBLIC_KEY", "pk", "LANGFUSE_BASE_URL", "https://example.com")))
        .isFalse();

    assertThat(said()).contains("[FAIL]", "LANGFUSE_SECRET_KEY is not set");
  }

  @Test
  void unknownSetting_isNamed() {
    Map<String, String> variables = new HashMap<>(variables(sink.url()));
    variables.put("LANGFUSE_BASEURI", "http://example.com");

    assertThat(examine(variables)).isFalse();

    assertThat(said()).contains("[FAIL]", "LANGFUSE_BASEURI");
  }
}
