package io.langfuse4j.instrumentation.springai;

import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** OpenAI's model, which is built in one way in Spring AI 1 and in another in Spring AI 2. */
final class OpenAiModels {

  private OpenAiModels() {}

  static boolean isSpringAi2() {
    try {
      Class.forName("org.springframework.ai.openai.api.OpenAiApi");
      return false;
    } catch (ClassNotFoundException e) {
      return true;
    }
  }

  /** A model that tries once. */
  static ChatModel chat(String url, ObservationRegistry registry) {
    try {
      Object options =
          build(
              type("OpenAiChatOptions"),
              isSpringAi2()
                  ? Map.of(
                      "model",
                      "gpt-4o",
                      "temperature",
                      0.2,
                      "maxCompletionTokens",
                      50,
                      "baseUrl",
                      url,
                      "apiKey",
                      "sk-test",
                      "maxRetries",
                      0)
                  : Map.of(
                      "model",
                      "gpt-4o",
                      "temperature",
                      0.2,
                      "maxCompletionTokens",
                      50,
                      "streamUsage",
                      true));
      return (ChatModel)
          build(
              type("OpenAiChatModel"),
              isSpringAi2()
                  ? Map.of("options", options, "observationRegistry", registry)
                  : Map.of(
                      "toolCallingManager",
                      ToolCallingManager.builder().observationRegistry(registry).build(),
                      "defaultOptions",
                      options,
                      "observationRegistry",
                      registry,
                      "retryTemplate",
                      Class.forName("org.springframework.ai.retry.RetryUtils")
                          .getField("SHORT_RETRY_TEMPLATE")
                          .get(null),
                      "openAiApi",
                      build(
                          type("api.OpenAiApi"),
                          Map.of(
                              "baseUrl", url, "apiKey", "sk-test", "completionsPath", "/chat"))));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static Prompt prompt(boolean withTools) {
    List<Message> messages =
        List.of(
            new SystemMessage("Be brief."),
            new UserMessage(withTools ? "What is the weather in Paris?" : "Hello?"));
    return withTools ? new Prompt(messages, offeringATool()) : new Prompt(messages);
  }

  /** The tool is not run by the model: in Spring AI 1 if told so, in Spring AI 2 never. */
  private static ChatOptions offeringATool() {
    try {
      Map<String, Object> settings = new java.util.LinkedHashMap<>();
      settings.put("toolCallbacks", List.of(new Weather()));
      if (isSpringAi2()) {
        settings.put("model", "gpt-4o");
        settings.put("temperature", 0.2);
        settings.put("maxCompletionTokens", 50);
      } else {
        settings.put("internalToolExecutionEnabled", false);
      }
      return (ChatOptions) build(type("OpenAiChatOptions"), settings);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Weather implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      return ToolDefinition.builder()
          .name("weather")
          .description("Weather of a city")
          .inputSchema("{\"type\":\"object\"}")
          .build();
    }

    @Override
    public String call(String input) {
      throw new AssertionError("not called");
    }
  }

  static Class<? extends Throwable> exceptionFor(int status) {
    if (!isSpringAi2()) {
      return status < 500
          ? exception("org.springframework.ai.retry.NonTransientAiException")
          : exception("org.springframework.ai.retry.TransientAiException");
    }
    return exception(
        "com.openai.errors."
            + switch (status) {
              case 400 -> "BadRequestException";
              case 401 -> "UnauthorizedException";
              case 429 -> "RateLimitException";
              default -> "InternalServerException";
            });
  }

  static Class<? extends Throwable> transportException() {
    return isSpringAi2()
        ? exception("com.openai.errors.OpenAIIoException")
        : exception("org.springframework.web.client.ResourceAccessException");
  }

  private static Class<? extends Throwable> exception(String name) {
    try {
      return Class.forName(name).asSubclass(Throwable.class);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("org.springframework.ai.openai." + name);
  }

  private static Object build(Class<?> type, Map<String, ?> settings)
      throws ReflectiveOperationException {
    Object builder = type.getMethod("builder").invoke(null);
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      setter(builder, setting.getKey(), setting.getValue()).invoke(builder, setting.getValue());
    }
    Method build = builder.getClass().getMethod("build");
    build.setAccessible(true);
    return build.invoke(builder);
  }

  private static Method setter(Object builder, String name, Object value) {
    for (Method method : builder.getClass().getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == 1
          && boxed(method.getParameterTypes()[0]).isInstance(value)) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new AssertionError("No setting " + name + " in " + builder.getClass());
  }

  private static Class<?> boxed(Class<?> type) {
    return type == boolean.class ? Boolean.class : type == int.class ? Integer.class : type;
  }
}
