package io.langfuse4j.instrumentation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
  void noLangfuseThere_isSaid() {
    stub.json(404, "{}");

    assertThat(examine(variables(stub.url()))).isFalse();

    assertThat(said()).contains("[FAIL] the server answers /api/public/health with 404");
  }

  @Test
  void unreachable_isSaidWithTheSettingToCheck() {
    assertThat(examine(variables("http://127.0.0.1:1"))).isFalse();

    assertThat(said()).contains("[FAIL] http://127.0.0.1:1 cannot be reached", "LANGFUSE_BASE_URL");
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
    Map<String, String> variables = new java.util.HashMap<>(variables(sink.url()));
    variables.put("LANGFUSE_BASEURI", "http://example.com");

    assertThat(examine(variables)).isFalse();

    assertThat(said()).contains("[FAIL]", "LANGFUSE_BASEURI");
  }
}
