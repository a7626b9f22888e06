package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.OpenAIChatDialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OpenAI's chat as recorded of Spring AI's model for it. */
final class SpringAiDialect extends OpenAIChatDialect {

  @Override
  public String observationName() {
    return "chat";
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = super.asked(withTools, streaming);
    fields.put("metadata.provider", "openai");
    return fields;
  }

  @Override
  protected Map<String, Object> parameters(boolean streaming) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("temperature", 0.2);
    parameters.put("max_completion_tokens", 50);
    return parameters;
  }

  @Override
  protected Object withTools() {
    return Map.of(
        "messages",
        messages("What is the weather in Paris?"),
        "tools",
        List.of(
            Map.of(
                "type",
                "function",
                "function",
                Map.of(
                    "name",
                    "weather",
                    "description",
                    "Weather of a city",
                    "parameters",
                    Map.of("type", "object")))));
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = super.answered(reply, withTools, streaming);
    fields.put("model.parameters", parameters(streaming));
    if (reply == ChatReply.NOTHING && OpenAiModels.isSpringAi2()) {
      // Of an answer without choices, Spring AI 2 drops the rest too.
      fields.put("model.name", "gpt-4o");
      fields.remove("usage_details");
      fields.remove("metadata.response_id");
    }
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metadata.http_status", (long) status);
    fields.put("metadata.error_type", "some_type");
    fields.put("metadata.error_code", "some_code");
    fields.put("metadata.error_param", "messages");
    if (!OpenAiModels.isSpringAi2()) {
      fields.put("status_message", "The provider says no.");
    }
    return fields;
  }

  static List<Object> question(String text) {
    return messages(text);
  }
}
