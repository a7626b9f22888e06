package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** A chat model whose registry has the handler. */
@Integrates(
    library = "spring-ai",
    operation = "ChatModel",
    way = "observation handler",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class ChatModelTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new SpringAiDialect();
  }

  static ObservationRegistry registry(Langfuse langfuse) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(LangfuseSpringAI.observationHandler(langfuse));
    return registry;
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    ChatResponse response =
        OpenAiModels.chat(url, registry(langfuse)).call(OpenAiModels.prompt(withTools));
    Generation result = response.getResults().isEmpty() ? null : response.getResult();
    return result == null ? "" : Objects.toString(result.getOutput().getText(), "");
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAiModels.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return OpenAiModels.transportException();
  }
}
