package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The callback form: R10 to R27. */
class ObserveTest {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();

  @AfterEach
  void close() {
    langfuse.close();
    sink.close();
  }

  @Test
  void observe_nested_makesATree() {
    String joke =
        langfuse.observe(
            "user-request-pipeline",
            root -> {
              root.input(Map.of("user_query", "Tell me a joke"));
              return langfuse.observe(
                  "joke-generation",
                  GENERATION,
                  generation -> {
                    generation.model("gpt-4o").modelParameters(Map.of("temperature", 0.2));
                    generation.output("Why?").usage(u -> u.input(10).output(5));
                    return "Why?";
                  });
            });

    assertThat(joke).isEqualTo("Why?");
    assertThat(langfuse.flush()).isTrue();
    RecordedSpan root = sink.span("user-request-pipeline");
    RecordedSpan generation = sink.span("joke-generation");
    assertThat(root.attributes())
        .isEqualTo(
            Map.of(
                "langfuse.observation.type", "span",
                "langfuse.observation.input", "{\"user_query\":\"Tell me a joke\"}",
                "langfuse.internal.is_app_root", true));
    assertThat(root.isRoot()).isTrue();
    assertThat(generation.parentSpanId()).isEqualTo(root.spanId());
    assertThat(generation.attributes())
        .isEqualTo(
            Map.of(
                "langfuse.observation.type", "generation",
                "langfuse.observation.model.name", "gpt-4o",
                "langfuse.observation.model.parameters", "{\"temperature\":0.2}",
                "langfuse.observation.output", "Why?",
                "langfuse.observation.usage_details", "{\"input\":10,\"output\":5}"));
    assertThat(root.scopeAttributes()).isEqualTo(Map.of("public_key", "pk"));
  }

  @Test
  void observe_bodyThrows_recordsAndRethrowsTheSameInstance() {
    IOException failure = new IOException("disk on fire");

    Throwable thrown =
        catchThrowable(
            () ->
                langfuse.observe(
                    "step",
                    o -> {
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(langfuse.flush()).isTrue();
    RecordedSpan span = sink.span("step");
    assertThat(span.observation("level")).isEqualTo("ERROR");
    assertThat(span.observation("status_message")).isEqualTo("disk on fire");
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
  }
}
