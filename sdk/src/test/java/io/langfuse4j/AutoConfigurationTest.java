package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With OpenTelemetry's autoconfiguration, which finds the processor on the class path. */
@Requirement("R147")
class AutoConfigurationTest {

  private final OtlpSink sink = new OtlpSink();

  @AfterEach
  void close() {
    sink.close();
  }

  private OpenTelemetrySdk configured(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    for (String signal : List.of("traces", "metrics", "logs")) {
      all.put("otel." + signal + ".exporter", "none");
    }
    all.putAll(properties);
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(() -> all)
        .disableShutdownHook()
        .build()
        .getOpenTelemetrySdk();
  }

  private Map<String, String> keys() {
    return Map.of(
        "langfuse.public.key", "pk",
        "langfuse.secret.key", "sk",
        "langfuse.base.url", sink.url(),
        "langfuse.tracing.environment", "staging");
  }

  @Test
  void keysInItsConfiguration_addTheProcessor() throws Exception {
    try (OpenTelemetrySdk sdk = configured(keys())) {
      sdk.getTracer("http").spanBuilder("GET /").startSpan().end();
      sdk.getTracer("litellm").spanBuilder("chat").startSpan().end();
      assertThat(sdk.getSdkTracerProvider().forceFlush().join(5, TimeUnit.SECONDS).isSuccess())
          .isTrue();

      assertThat(sink.names()).containsExactly("chat");
      assertThat(sink.span("chat").attributes())
          .isEqualTo(
              Map.of("langfuse.environment", "staging", "langfuse.internal.is_app_root", true));
    }
    var global = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
    global.setAccessible(true);
    assertThat(global.get(null)).as("the global is untouched").isNull();
  }

  @Test
  void clientBesideIt_sendsToTheSameTraceAndNothingTwice() {
    try (OpenTelemetrySdk sdk = configured(keys());
        Langfuse langfuse = Langfuse.builder().properties(keys()).shutdownHook(false).build()) {
      Span http = sdk.getTracer("http").spanBuilder("GET /").startSpan();
      try (Scope scope = http.makeCurrent()) {
        langfuse.run("answer", o -> sdk.getTracer("litellm").spanBuilder("chat").startSpan().end());
      }
      http.end();
      assertThat(langfuse.flush()).isTrue();
      sdk.getSdkTracerProvider().forceFlush().join(5, TimeUnit.SECONDS);

      assertThat(sink.names()).containsExactlyInAnyOrder("answer", "chat");
      RecordedSpan chat = sink.span("chat");
      assertThat(chat.traceId()).isEqualTo(http.getSpanContext().getTraceId());
      assertThat(chat.parentSpanId()).isEqualTo(sink.span("answer").spanId());
      assertThat(chat.attributes()).isEqualTo(Map.of("langfuse.environment", "staging"));
    }
  }

  @Test
  void withoutKeysOrSwitchedOff_nothingIsAddedAndNothingIsSaid() {
    Map<String, String> off = new HashMap<>(keys());
    off.put("otel.langfuse.enabled", "false");
    try (RecordedLogs logs = new RecordedLogs()) {
      for (Map<String, String> properties : List.of(Map.<String, String>of(), off)) {
        try (OpenTelemetrySdk sdk = configured(properties)) {
          sdk.getTracer("litellm").spanBuilder("chat").startSpan().end();
          sdk.getSdkTracerProvider().forceFlush().join(5, TimeUnit.SECONDS);
        }
      }
      assertThat(sink.names()).isEmpty();
      assertThat(logs.messages()).isEmpty();
    }
  }

  @Test
  void shutdown_sendsWhatIsQueued() {
    try (OpenTelemetrySdk sdk = configured(keys())) {
      sdk.getTracer("litellm").spanBuilder("chat").startSpan().end();
    }
    assertThat(sink.names()).containsExactly("chat");
  }

  @Test
  @Requirement("R110")
  void propagator_isFoundByItsName() {
    Map<String, String> properties = new HashMap<>(keys());
    properties.put("otel.propagators", "tracecontext,langfuse-baggage");
    try (OpenTelemetrySdk sdk = configured(properties)) {
      Map<String, String> headers = new HashMap<>();
      Langfuse.propagateAttributes(a -> a.userId("u").asBaggageTo("api.example.com"))
          .run(
              () ->
                  sdk.getPropagators()
                      .getTextMapPropagator()
                      .inject(
                          LangfuseBaggagePropagator.withHost(Context.current(), "api.example.com"),
                          headers,
                          Map::put));
      assertThat(headers).isEqualTo(Map.of("baggage", "langfuse_user_id=u"));
    }
  }

  /** The SDK where the interfaces of the autoconfiguration are not on the class path. */
  @Test
  @Requirement("R1")
  void withoutTheInterfaces_theSdkWorks() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (!entry.contains("autoconfigure")) {
        classPath.add(java.nio.file.Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> program = loader.loadClass(Program.class.getName());
      Object names = program.getMethod("run", String.class).invoke(null, sink.url());

      assertThat(names).isEqualTo(true);
      assertThat(sink.names()).containsExactly("plain");
    }
  }

  /** Sends one observation. */
  public static final class Program {
    private Program() {}

    public static boolean run(String url) {
      try (Langfuse langfuse =
          Langfuse.builder()
              .publicKey("pk")
              .secretKey("sk")
              .baseUrl(url)
              .shutdownHook(false)
              .build()) {
        langfuse.run("plain", o -> {});
        return langfuse.flush();
      }
    }
  }
}
