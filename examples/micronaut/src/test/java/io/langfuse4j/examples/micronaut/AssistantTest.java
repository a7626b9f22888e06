package io.langfuse4j.examples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application as Micronaut starts it, with a provider and a Langfuse on this machine. */
class AssistantTest {

  @Test
  void answer_isATraceWithTheModelsCall_deliveredWhenTheApplicationEnds() {
    try (StubProvider provider = new StubProvider();
        OtlpSink langfuse = new OtlpSink()) {
      provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
      try (ApplicationContext application =
          ApplicationContext.run(
              Map.of(
                  "openai.api-key", "sk-test",
                  "openai.base-url", provider.url(),
                  "langfuse.public-key", "pk",
                  "langfuse.secret-key", "sk",
                  "langfuse.base-url", langfuse.url()))) {
        assertThat(application.getBean(Assistant.class).answer("Hello?")).isEqualTo("Hello Ada.");
      }

      assertThat(SpanTree.of(langfuse.spans()))
          .isEqualTo(
              """
              span answer
                generation OpenAI-generation
              """);
      assertThat((String) langfuse.span("OpenAI-generation").observation("output"))
          .contains("Hello Ada.");
    }
  }
}
