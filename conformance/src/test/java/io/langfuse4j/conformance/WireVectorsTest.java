package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.Langfuse;
import io.langfuse4j.conformance.WireVectors.Vector;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SDK sends exactly what the official SDKs send: key, OTLP type and value of every field. */
class WireVectorsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OtlpSink sink = new OtlpSink();

  @AfterEach
  void close() {
    sink.close();
  }

  static List<Vector> vectors() {
    return WireVectors.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @Requirement({
    "R15", "R16", "R17", "R19", "R54", "R55", "R77", "R78", "R79", "R80", "R81", "R84", "R87",
    "R88", "R89", "R90", "R91", "R92", "R100", "R101", "R102", "R103", "R130", "R134", "R154",
    "R155"
  })
  void sdk_sendsTheVector(Vector vector) {
    RecordedSpan sent = run(vector);

    assertThat(sent.name()).isEqualTo(vector.name());
    assertThat(parsed(sent.attributes())).isEqualTo(parsed(vector.attributes()));
    assertThat(sent.events().stream().map(WireVectorsTest::withoutStackTrace).toList())
        .isEqualTo(vector.events());
    assertThat(sent.statusCode()).isEqualTo(vector.statusCode());
    assertThat(sent.statusMessage()).isEqualTo(vector.statusMessage());
    assertThat(sent.kind()).isEqualTo(vector.kind());
    assertThat(sent.scopeName()).isEqualTo("langfuse-sdk");
    assertThat(sent.parentSpanId()).isEqualTo(vector.parentSpanId());
    if (vector.name().startsWith("joined:")) {
      assertThat(sent.traceId()).isEqualTo(vector.traceId());
    }
  }

  @Test
  void vectorsAndPrograms_arePairs() {
    assertThat(vectors().stream().map(Vector::name))
        .containsExactlyInAnyOrderElementsOf(VectorPrograms.all().keySet());
  }

  private RecordedSpan run(Vector vector) {
    VectorPrograms.Program program = VectorPrograms.all().get(vector.name());
    assertThat(program).as("calls for vector '%s' of %s", vector, vector.file()).isNotNull();
    try (Langfuse langfuse =
        program
            .client()
            .apply(Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()))
            .build()) {
      program.calls().accept(langfuse, vector.name());
      assertThat(langfuse.flush()).isTrue();
    }
    assertThat(sink.spans()).hasSize(1);
    return sink.span(vector.name());
  }

  private static Map<String, Object> withoutStackTrace(RecordedSpan.Event event) {
    Map<String, Object> fields = new TreeMap<>(event.attributes());
    assertThat(fields.remove("exception.stacktrace"))
        .asString()
        .contains(VectorPrograms.class.getName());
    fields.put("event", event.name());
    return fields;
  }

  /** JSON objects and arrays count as what they mean; all other text as it is. */
  private static Map<String, Object> parsed(Map<String, Object> attributes) {
    Map<String, Object> parsed = new TreeMap<>(attributes);
    parsed.replaceAll(
        (key, value) ->
            value instanceof String text && (text.startsWith("{") || text.startsWith("["))
                ? parsed(text)
                : value);
    return parsed;
  }

  private static Object parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
