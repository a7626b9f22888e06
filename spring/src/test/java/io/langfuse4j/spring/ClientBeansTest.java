package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.google.genai.types.ClientOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.langfuse4j.Langfuse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Which beans are put in the place of clients; that these trace is shown by the integrations. */
class ClientBeansTest {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @AfterEach
  void close() {
    context.close();
    Langfuse.setDefault(null);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OpenAIClient.class,
        OpenAIClientAsync.class,
        AnthropicClient.class,
        AnthropicClientAsync.class,
        BedrockRuntimeClient.class,
        BedrockRuntimeAsyncClient.class
      })
  <T> void clients_areWrapped(Class<T> type) {
    T client = some(type);

    assertThat(started(type, () -> client, "true")).isNotSameAs(client).isInstanceOf(type);
  }

  @ParameterizedTest
  @ValueSource(classes = {OpenAIClient.class, BedrockRuntimeClient.class})
  <T> void switchedOff_leavesThemAlone(Class<T> type) {
    T client = some(type);

    assertThat(started(type, () -> client, "false")).isSameAs(client);
  }

  @Test
  void optionsOfGoogleGenAI_getAnHttpClientThatIsTraced() {
    ClientOptions options = started(ClientOptions.class, ClientOptions.builder()::build, "true");

    assertThat(options.customHttpClient()).isPresent();
  }

  private <T> T started(Class<T> type, Supplier<T> client, String enabled) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "langfuse.public-key", "pk",
                    "langfuse.secret-key", "sk",
                    "langfuse.base-url", "http://127.0.0.1:1",
                    "langfuse.clients.enabled", enabled)));
    context.registerBean("client", type, client);
    context.register(LangfuseAutoConfiguration.class, LangfuseClientsAutoConfiguration.class);
    context.refresh();
    return context.getBean(type);
  }

  /** One that nobody asks anything. */
  private static <T> T some(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "client";
                  default -> method.getReturnType().isInstance(proxy) ? proxy : null;
                }));
  }
}
