package io.langfuse4j.spring.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole application with the web and security, as Boot starts it, on a port. */
class BootApplicationTest {

  private final OtlpSink sink = new OtlpSink();
  private final StubProvider provider = new StubProvider();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();
  private ConfigurableApplicationContext application;

  @AfterEach
  void close() {
    if (application != null) {
      application.close();
    }
    Langfuse.setDefault(null);
    provider.close();
    sink.close();
  }

  @Test
  void request_isATraceWithUserSessionAndTheModelsAnswer() throws Exception {
    start(
        "langfuse.web.observe-requests=true",
        "langfuse.web.user-from-principal=true",
        "langfuse.web.session-from-http-session=true",
        "langfuse.web.trace-id-header=X-Trace-Id");
    get("/login");
    awaitSpan("GET /login");
    sink.clear();

    HttpResponse<String> response = get("/ask");

    assertThat(response.statusCode()).isEqualTo(200);
    awaitSpan("GET /ask");
    assertThat(SpanTree.of(sink.spans()))
        .isEqualTo(
            """
            span GET /ask
              span answer
                generation OpenAI-generation
            """);
    RecordedSpan root = sink.span("GET /ask");
    assertThat(response.body()).isEqualTo("Hello Ada. in " + root.traceId());
    assertThat(response.headers().firstValue("X-Trace-Id")).contains(root.traceId());
    assertThat(sink.spans())
        .allSatisfy(
            span -> {
              assertThat(span.attributes()).containsEntry("user.id", "ada");
              assertThat((String) span.attributes().get("session.id")).matches("[0-9a-f]{16}");
            })
        .extracting(span -> span.attributes().get("session.id"))
        .containsOnly(root.attributes().get("session.id"));
    assertThat((String) sink.span("OpenAI-generation").observation("output"))
        .contains("Hello Ada.");
  }

  @Test
  void answerThatComesLater_isPartOfItsRequest() throws Exception {
    start("langfuse.web.observe-requests=true");

    assertThat(get("/later").body()).isEqualTo("Hello Ada.");

    awaitSpan("GET /later");
    RecordedSpan request = sink.span("GET /later");
    assertThat(request.endNanos()).isGreaterThanOrEqualTo(sink.span("work").endNanos());
    assertThat(request.observation("metadata.http_status")).isEqualTo(200L);
  }

  @Test
  void byDefault_requestsAreNoObservationsAndNobodyIsNamed() throws Exception {
    start();

    HttpResponse<String> response = get("/ask");

    sent();
    assertThat(SpanTree.of(sink.spans()))
        .isEqualTo(
            """
            span answer
              generation OpenAI-generation
            """);
    assertThat(sink.spans())
        .allSatisfy(
            span -> assertThat(span.attributes()).doesNotContainKeys("user.id", "session.id"));
    assertThat(response.headers().map()).doesNotContainKey("x-trace-id");
  }

  @Test
  void clientsSwitchedOff_areLeftAlone() throws Exception {
    start("langfuse.clients.enabled=false");

    get("/ask");

    sent();
    assertThat(sink.names()).containsExactly("answer");
  }

  private void start(String... more) {
    provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
    application =
        new SpringApplicationBuilder(App.class)
            .properties(
                "server.port=0",
                "spring.main.banner-mode=off",
                "logging.level.root=warn",
                "langfuse.public-key=pk",
                "langfuse.secret-key=sk",
                "langfuse.base-url=" + sink.url(),
                "test.provider=" + provider.url())
            .properties(more)
            .run();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    String port = application.getEnvironment().getProperty("local.server.port");
    String credentials = Base64.getEncoder().encodeToString("ada:secret".getBytes(UTF_8));
    return browser.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Basic " + credentials)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A request ends a little after its response has arrived. */
  private void awaitSpan(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              sent();
              return sink.names().contains(name);
            });
  }

  private void sent() {
    assertThat(application.getBean(Langfuse.class).flush()).isTrue();
  }

  @SpringBootApplication
  static class App {

    @Bean
    SecurityFilterChain everybodyLogsIn(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("ada").password("{noop}secret").roles("USER").build());
    }

    /** Nothing about it says that it is to be traced. */
    @Bean
    OpenAIClient openAI(@Value("${test.provider}") String url) {
      return OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(url).maxRetries(0).build();
    }
  }

  /** Asks the model. */
  @Service
  static class Assistant {
    private final OpenAIClient client;

    Assistant(OpenAIClient client) {
      this.client = client;
    }

    @Observe(name = "answer")
    String answer() {
      return client
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage("Hello?").build())
          .choices()
          .get(0)
          .message()
          .content()
          .orElse("");
    }
  }

  @RestController
  static class Pages {
    private final Assistant assistant;

    Pages(Assistant assistant) {
      this.assistant = assistant;
    }

    @GetMapping("/login")
    String login(HttpSession session) {
      return "hello " + session.isNew();
    }

    @GetMapping("/later")
    CompletableFuture<String> later() {
      return CompletableFuture.supplyAsync(() -> Langfuse.get().observe("work", o -> "Hello Ada."));
    }

    @GetMapping("/ask")
    String ask() {
      String answer = assistant.answer();
      return answer + " in " + MDC.get("langfuse_trace_id");
    }
  }
}
