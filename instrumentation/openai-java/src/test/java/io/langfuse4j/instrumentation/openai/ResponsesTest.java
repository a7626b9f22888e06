package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only the Responses API has. */
@Requirement({"R3", "R4", "R5"})
class ResponsesTest extends TracedTest {

  private OpenAIClient client() {
    return LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(provider.url())));
  }

  @Test
  @Requirement("R6")
  void answerThatSaysItFailed_isAnErrorThoughNothingIsThrown() {
    provider.json(
        200,
        ResponsesWire.response(
            "failed", "{\"code\":\"server_error\",\"message\":\"It broke.\"}", "null"));

    client().responses().create(ResponsesWire.params(false));

    RecordedSpan span = theSpan();
    assertThat(span.observation("level")).isEqualTo("ERROR");
    assertThat(span.statusMessage()).isEqualTo("It broke.");
    assertThat(span.observation("metadata.error_code")).isEqualTo("server_error");
    assertThat(span.observation("output")).isNull();
  }

  @Test
  void functionCallAndText_areAList() {
    String call = ResponsesWire.functionCall(1, "Paris");
    provider.json(200, ResponsesWire.completed(ResponsesWire.MESSAGE, call));

    client().responses().create(ResponsesWire.params(false));

    assertThat(fields(theSpan()).get("output"))
        .isEqualTo(List.of(StubProvider.parsed(ResponsesWire.MESSAGE), StubProvider.parsed(call)));
  }
}
