package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.Langfuse;
import io.langfuse4j.conformance.examples.ForgetfulProgram;
import io.langfuse4j.conformance.examples.Lifecycle;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's programs about sending; each finds its data on the server, or loses it. */
@Requirement("R156")
class SeedLifecycleIT {

  private static final String ONE_STEP =
      """
      trace work
        output done
      - span work
          output done
      """;

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  @Requirement({"R21", "R22", "R139"})
  void flush_sendsEverythingBeforeItReturns() throws Exception {
    server.configured(
        () -> {
          assertThat(Lifecycle.flush()).isTrue();
          assertThat(TraceText.of(server.trace())).isEqualTo(ONE_STEP);
          Langfuse.get().close();
        });
  }

  @Test
  @Requirement("R140")
  void shutdown_sendsEverythingBeforeItReturns() throws Exception {
    server.configured(Lifecycle::shutdown);

    assertThat(TraceText.of(server.trace())).isEqualTo(ONE_STEP);
  }

  @Test
  @Requirement("R145")
  void immediateMode_sendsBeforeTheNextStatement() throws Exception {
    server.configured(Lifecycle::immediate);

    assertThat(TraceText.of(server.trace())).isEqualTo(ONE_STEP);
  }

  @Test
  @Requirement({"R144", "R146"})
  void runAndFlush_sendsBeforeAFunctionIsFrozen() throws Exception {
    server.configured(
        () -> {
          Lifecycle.function();
          assertThat(TraceText.of(server.trace()))
              .isEqualTo(
                  """
                  trace handle
                    input event
                  - span handle
                      input event
                  """);
          Langfuse.get().close();
        });
  }

  @Test
  @Requirement({"R147", "R148"})
  void ownProvider_feedsBothProcessors() throws Exception {
    Names others = new Names();

    server.configured(() -> Lifecycle.ownProvider(others));

    assertThat(others.names).containsExactly("own-provider");
    assertThat(TraceText.of(server.trace()))
        .isEqualTo(
            """
            trace own-provider
              output done
            - span own-provider
                output done
            """);
  }

  @Test
  @Requirement({"R147", "R148"})
  void joinedProvider_sendsSpansOfOthers_observationsStayInTheClient() throws Exception {
    Names others = new Names();

    server.configured(
        () -> {
          try (Langfuse langfuse = Langfuse.get();
              SdkTracerProvider provider = Lifecycle.joinedProvider(langfuse, others)) {
            langfuse.run("answer", o -> provider.get("ai").spanBuilder("chat").startSpan().end());
          }
        });

    assertThat(others.names).containsExactly("chat");
    assertThat(TraceText.of(server.trace()))
        .startsWith(
            """
            trace answer
            - span answer
              - span chat
            """);
  }

  @Test
  @Requirement("R147")
  void autoconfigured_findsTheProcessorByItself() throws Exception {
    List<String> exporters =
        Stream.of("traces", "metrics", "logs").map("otel.%s.exporter"::formatted).toList();
    try {
      exporters.forEach(name -> System.setProperty(name, "none"));

      server.configured(Lifecycle::autoconfigured);
    } finally {
      exporters.forEach(System::clearProperty);
    }

    assertThat(TraceText.of(server.trace())).startsWith("trace chat\n").contains("\n- span chat\n");
  }

  /** Somebody else's processor. */
  private static final class Names implements SpanProcessor {
    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      names.add(span.getName());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  @Test
  @Requirement("R149")
  void afterResponse_flushesWhenTheCallerHasItsAnswer() throws Exception {
    server.configured(
        () -> {
          assertThat(answerOf(Lifecycle::afterResponse)).isEqualTo("Paris.");
          await()
              .atMost(Duration.ofSeconds(60))
              .untilAsserted(() -> assertThat(server.traces()).hasSize(1));
          Langfuse.get().close();
        });
    assertThat(TraceText.of(server.trace())).isEqualTo("trace POST /chat\n- span POST /chat\n");
  }

  private static String answerOf(com.sun.net.httpserver.HttpHandler handler) throws Exception {
    HttpServer application = SeedTraceIT.httpServer();
    application.createContext("/chat", handler);
    application.start();
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(SeedTraceIT.url(application, "/chat")).build(),
              BodyHandlers.ofString())
          .body();
    } finally {
      application.stop(0);
    }
  }

  @Test
  @Requirement({"R21", "R142"})
  void forgetfulProgram_isSentWhenTheJvmExits() throws Exception {
    Process program = start(ForgetfulProgram.class);

    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isZero();
    assertForgetfulTrace();
  }

  @Test
  @Requirement("R143")
  void forgetfulProgram_isSentWhenTheJvmIsToldToStop() throws Exception {
    Process program = start(ForgetfulProgram.class, "wait");
    assertThat(program.inputReader().readLine()).isEqualTo("waiting");

    program.destroy();

    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertForgetfulTrace();
  }

  private void assertForgetfulTrace() {
    assertThat(TraceText.of(server.trace()))
        .isEqualTo(
            """
            trace forgetful
              output done
            - span forgetful
                output done
            """);
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new CopyOnWriteArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(server.variables());
    return builder.start();
  }
}
