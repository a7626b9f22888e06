package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask sees, what it may not break, and what the ready-made ones hide. */
class MaskTest {

  private final OtlpSink sink = new OtlpSink();

  @AfterEach
  void close() {
    sink.close();
  }

  private Langfuse masking(Mask mask) {
    return Langfuse.builder()
        .publicKey("pk")
        .secretKey("sk")
        .baseUrl(sink.url())
        .mask(mask)
        .build();
  }

  @Test
  void mask_anyText_leavesNowhereUnmasked() {
    String secret = "hunter2";
    try (Langfuse langfuse = masking(Masks.pattern(Pattern.compile(secret), "***"))) {
      LangfuseGeneration generation =
          langfuse
              .startObservation("ask " + secret, GENERATION)
              .input(List.of(Map.of("role", "user", "content", secret)))
              .output("it is " + secret)
              .metadata("note", secret)
              .model("m-" + secret)
              .modelParameters(Map.of("user", secret));
      try (PropagationScope scope =
          Langfuse.propagateAttributes(a -> a.userId(secret).tags(secret).traceName(secret))) {
        generation.startObservation("child").end();
      }
      generation.span().addEvent("seen " + secret);
      generation.fail(new IllegalStateException(secret)).end();

      assertThat(langfuse.flush()).isTrue();
    }
    assertThat(sink.spans()).hasSize(2);
    assertThat(sink.spans().toString()).doesNotContain(secret).contains("***");
    assertThat(sink.span("ask ***").observation("input"))
        .asString()
        .contains("\"content\":\"***\"");
  }

  @Test
  void mask_thatThrows_costsTheValueNotTheObservation() {
    Mask failing =
        (key, text) -> {
          if (key.equals("langfuse.observation.input")) {
            throw new IllegalStateException(text);
          }
          return text;
        };
    try (Langfuse langfuse = masking(failing)) {
      langfuse.startObservation("step").input("in").output("out").end();
      assertThat(langfuse.flush()).isTrue();
    }
    RecordedSpan span = sink.span("step");
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "langfuse.observation.type", "span",
                "langfuse.observation.input", "<fully masked due to failed mask function>",
                "langfuse.observation.output", "out",
                "langfuse.internal.is_app_root", true));
  }

  @Test
  void mask_runsOnTheExportThreadOnly() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Mask remembering =
        (key, text) -> {
          threads.add(Thread.currentThread().getName());
          return text;
        };
    try (Langfuse langfuse = masking(remembering)) {
      langfuse.run("step", span -> span.input("in").output(Map.of("a", 1)).score("good", true));
      assertThat(langfuse.flush()).isTrue();
    }
    assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("langfuse-"));
  }

  @Test
  void mask_nullInAnArray_staysNull() {
    try (Langfuse langfuse = masking((key, text) -> text.toUpperCase(Locale.ROOT))) {
      LangfuseSpan step = langfuse.startObservation("step");
      step.span().setAttribute(AttributeKey.stringArrayKey("tags"), Arrays.asList("a", null, "b"));
      step.end();
      assertThat(langfuse.flush()).isTrue();
    }
    assertThat(sink.span("STEP").attributes().get("tags"))
        .isEqualTo(List.of("A", RecordedSpan.NULL, "B"));
  }

  @Test
  void secrets_inJson_hidesValuesByKeyAndKeepsTheRest() {
    String json =
        "{\"user\":\"ada\",\"Password\":\"x\",\"headers\":{\"X-Api-Key\":[1,2]},\"n\":1.50,"
            + "\"args\":\"{\\\"api_key\\\":\\\"y\\\",\\\"q\\\":1}\"}";

    assertThat(Masks.secrets().mask("langfuse.observation.input", json))
        .isEqualTo(
            "{\"user\":\"ada\",\"Password\":\"<hidden>\",\"headers\":{\"X-Api-Key\":\"<hidden>\"},"
                + "\"n\":1.50,\"args\":\"{\\\"api_key\\\":\\\"<hidden>\\\",\\\"q\\\":1}\"}");
    assertThat(Masks.secrets().mask("langfuse.observation.metadata.apiKey", "y"))
        .isEqualTo("<hidden>");
    assertThat(Masks.secrets().mask("x", "{\"a\":1} Bearer abcdefgh12345"))
        .isEqualTo("{\"a\":1} <token>");
  }

  @Test
  void textWithNothingToHide_staysAsItIsWritten() {
    String json = "{ \"other\" : \"words\" }";

    assertThat(Masks.secrets().and(Masks.personalData()).mask("k", json)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\\\"b\":1}",
        "{\"A\\u0022B\":1}",
        "{\"n\":\"{\\\"cus-tomer\\\":1}\"}",
        "[{\"CUSTO_MER\":{\"deep\":1}}]"
      })
  void keys_howeverTheyAreWritten_areFound(String json) {
    Mask mask = Masks.keys(Set.of("customer", "a\"b"));

    assertThat(mask.mask("k", json)).contains("<hidden>").doesNotContain("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write to ada@example.org today | write to <email> today",
        "card 4111 1111 1111 1111 ok | card <card> ok",
        "order 4111 1111 1111 1112 ok | order 4111 1111 1111 1112 ok",
        "IBAN DE89 3704 0044 0532 0130 00. | IBAN <iban>.",
        "call +49 (30) 1234567 now | call <phone> now",
        "in 2026-11-21 we sold 1234567 units | in 2026-11-21 we sold 1234567 units",
        "{\"card\":4111111111111111} | {\"card\":\"<card>\"}"
      })
  void personalData_byShape_isReplaced(String text, String masked) {
    assertThat(Masks.personalData().mask("k", text)).isEqualTo(masked);
  }

  @Test
  void personalData_hostileText_takesLinearTime() {
    String hostile = "a".repeat(200_000) + "@" + "1 ".repeat(200_000) + "+1".repeat(100_000);

    assertThat(Masks.secrets().and(Masks.personalData()).mask("k", hostile)).isNotEmpty();
  }
}
