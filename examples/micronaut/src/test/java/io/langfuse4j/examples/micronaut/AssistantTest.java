package io.langfuse4j.examples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The application as Micronaut starts it, with a provider and a Langfuse on this machine. */
class AssistantTest {

  private final StubProvider provider = new StubProvider();
  private final OtlpSink langfuse = new OtlpSink();

  @AfterEach
  void close() {
    provider.close();
    langfuse.close();
  }

  private ApplicationContext start() {
    provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
    return ApplicationContext.run(
        Map.of(
            "openai.api-key", "sk-test",
            "openai.base-url", provider.url(),
            "langfuse.public-key", "pk",
            "langfuse.secret-key", "sk",
            "langfuse.base-url", langfuse.url()));
  }

  @Test
  void answer_isATraceWithTheModelsCall_deliveredWhenTheApplicationEnds() {
    try (ApplicationContext application = start()) {
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

  @Test
  void modelOfLangChain4j_isObservedByTheListenerThatIsABean() {
    try (ApplicationContext application = start()) {
      String answer =
          application
              .getBean(Langfuse.class)
              .observe("answer", span -> application.getBean(ChatModel.class).chat("Hello?"));

      assertThat(answer).isEqualTo("Hello Ada.");
    }

    assertThat(SpanTree.of(langfuse.spans()))
        .isEqualTo(
            """
            span answer
              generation chat
            """);
    RecordedSpan generation = langfuse.span("chat");
    assertThat((String) generation.observation("input")).contains("Hello?");
    assertThat((String) generation.observation("output")).contains("Hello Ada.");
    assertThat((String) generation.observation("usage_details")).contains("\"input\"");
  }
}
