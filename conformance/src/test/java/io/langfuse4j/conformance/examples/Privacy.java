package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.RETRIEVER;
import static io.langfuse4j.ObservationType.TOOL;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Masks;
import io.langfuse4j.ObservationType;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What does not leave the application. */
public final class Privacy {

  private Privacy() {}

  public static void withoutContent() {
    // tag::without-content[]
    Langfuse langfuse = Langfuse.builder().captureContent(false).build();
    // end::without-content[]
    observe(langfuse);
  }

  public static void byType() {
    // tag::by-type[]
    Langfuse langfuse = Langfuse.builder().dropInputs(TOOL).dropOutputs(TOOL, RETRIEVER).build();
    // end::by-type[]
    observe(langfuse);
  }

  public static void masked() {
    // tag::masked[]
    Langfuse langfuse = Langfuse.builder().mask(Masks.secrets().and(Masks.personalData())).build();
    // end::masked[]
    observe(langfuse);
  }

  public static void maskedByRules() {
    // tag::masked-by-rules[]
    Langfuse langfuse =
        Langfuse.builder()
            .mask(
                Masks.keys(Set.of("customer_name"))
                    .and(Masks.pattern(Pattern.compile("ticket-\\d+"), "ticket-***")))
            .build();
    // end::masked-by-rules[]
    observe(langfuse);
  }

  private static void observe(Langfuse langfuse) {
    langfuse.run(
        "support",
        ObservationType.CHAIN,
        span ->
            span.input(Map.of("customer_name", "Ada", "mail", "ada@example.com"))
                .output("See ticket-4711.")
                .metadata("password", "hunter2"));
    langfuse.close();
  }
}
