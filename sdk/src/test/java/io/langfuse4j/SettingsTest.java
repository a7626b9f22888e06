package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Setting;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.http.LocalServer;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.Requirement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three spellings of each setting, what happens to bad ones, and where traces go. */
class SettingsTest {

  private static final Map<String, String> KEYS =
      Map.of("LANGFUSE_PUBLIC_KEY", "pk", "LANGFUSE_SECRET_KEY", "sk-very-secret");

  private static Map<String, String> with(Map<String, String> base, String... more) {
    Map<String, String> all = new java.util.HashMap<>(base);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static <T> T value(Map<String, String> variables, Setting<T> setting) {
    return Configuration.resolve(Map.of(), variables, System.getProperties()).find(setting);
  }

  private static Langfuse client(Map<String, String> variables) {
    return Langfuse.builder()
        .surroundings(variables, ClientTest.NO_LOCAL_SERVER)
        .shutdownHook(false)
        .build();
  }

  private static <T> T withProperty(String name, String value, Supplier<T> body) {
    System.setProperty(name, value);
    try {
      return body.get();
    } finally {
      System.clearProperty(name);
    }
  }

  static java.util.List<Setting<?>> settings() {
    return Settings.ALL;
  }

  @ParameterizedTest
  @MethodSource("settings")
  @Requirement("R21")
  void setting_each_hasABuilderMethodAndAProperty(Setting<?> setting) {
    Set<String> methods =
        Arrays.stream(SettingsBuilder.class.getDeclaredMethods())
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toSet());
    assertThat(methods).contains(setting.builderMethod());
    assertThat(setting.variable()).matches("LANGFUSE_[A-Z_]+");
    assertThat(setting.property())
        .isEqualTo(setting.variable().toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
    assertThat(setting.description()).isNotBlank();
    assertThat(setting.expected()).isNotBlank();
  }

  @Test
  @Requirement("R21")
  void precedence_builderThenPropertyThenVariable() {
    Map<String, String> variables = with(KEYS, "LANGFUSE_FLUSH_AT", "1");
    assertThat(value(variables, Settings.FLUSH_AT)).isEqualTo(1);
    int property =
        withProperty("langfuse.flush.at", "2", () -> value(variables, Settings.FLUSH_AT));
    assertThat(property).isEqualTo(2);
    int builder =
        withProperty(
            "langfuse.flush.at",
            "2",
            () ->
                Configuration.resolve(
                        Map.of(Settings.FLUSH_AT, 3), variables, System.getProperties())
                    .get(Settings.FLUSH_AT));
    assertThat(builder).isEqualTo(3);
    assertThat(value(KEYS, Settings.FLUSH_AT)).isEqualTo(512);
  }

  @Test
  @Requirement("R21")
  void aliases_areTriedInOrderAndEmptyCountsAsUnset() {
    assertThat(value(with(KEYS, "LANGFUSE_HOST", "http://127.0.0.1:9/"), Settings.BASE_URL))
        .isEqualTo(URI.create("http://127.0.0.1:9"));
    assertThat(
            value(
                with(
                    KEYS,
                    "LANGFUSE_HOST",
                    "http://127.0.0.1:9",
                    "LANGFUSE_BASE_URL",
                    "http://127.0.0.1:8"),
                Settings.BASE_URL))
        .isEqualTo(URI.create("http://127.0.0.1:8"));
    assertThat(value(with(KEYS, "GITHUB_SHA", "abc", "LANGFUSE_RELEASE", ""), Settings.RELEASE))
        .isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "LANGFUSE_FLUSH_AT, many",
    "LANGFUSE_FLUSH_AT, 0",
    "LANGFUSE_FLUSH_AT, 99999999999",
    "LANGFUSE_SAMPLE_RATE, 1.5",
    "LANGFUSE_SAMPLE_RATE, NaN",
    "LANGFUSE_TIMEOUT, -1",
    "LANGFUSE_TIMEOUT, 1e-12",
    "LANGFUSE_TRACING_ENVIRONMENT, Production",
    "LANGFUSE_EXPORT_MODE, sometimes",
    "LANGFUSE_OTEL_TRACES_EXPORT_PATH, /a b"
  })
  @Requirement("R151")
  void malformedVariable_isSaidInOneLineAndTheDefaultApplies(String name, String text) {
    Map<String, String> variables =
        with(KEYS, "LANGFUSE_BASE_URL", "http://127.0.0.1:1", name, text);
    try (RecordedLogs logs = new RecordedLogs();
        Langfuse langfuse = client(variables)) {
      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0)).contains(name, "'" + text + "'", "expected", "using");
      assertThat(langfuse.isEnabled()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LANGFUSE_BASE_URL, ftp://x",
    "LANGFUSE_BASE_URL, http://",
    "LANGFUSE_BASE_URL, localhost:3000",
    "LANGFUSE_HOST, langfuse.internal",
    "LANGFUSE_TRACING_ENABLED, perhaps"
  })
  void malformedAddressOrSwitch_sendsNothingRatherThanElsewhere(String name, String text) {
    try (RecordedLogs logs = new RecordedLogs();
        Langfuse langfuse = client(with(KEYS, name, text))) {
      assertThat(logs.warnings()).singleElement().asString().contains(name, "'" + text + "'");
      assertThat(logs.messages())
          .last()
          .asString()
          .startsWith("Langfuse: tracing is off: ")
          .endsWith("cannot be read.");
      assertThat(langfuse.isEnabled()).isFalse();
    }
  }

  @Test
  void malformedAddress_isNotReplacedByTheCloudForPromptsEither() {
    try (Langfuse langfuse = client(with(KEYS, "LANGFUSE_BASE_URL", "localhost:3000"))) {
      assertThat(langfuse.baseUrl()).isNull();
    }
  }

  @Test
  void malformedPrivacy_keepsContentAtHome() {
    Map<String, String> variables =
        Map.of(
            "LANGFUSE_CAPTURE_CONTENT",
            "fasle",
            "LANGFUSE_OBSERVE_DECORATOR_IO_CAPTURE_ENABLED",
            "never",
            "LANGFUSE_DROP_INPUTS",
            "tools");
    Configuration configuration = Configuration.resolve(Map.of(), variables, Map.of());

    assertThat(configuration.problems())
        .containsExactly(
            "LANGFUSE_CAPTURE_CONTENT is 'fasle', expected true or false; using false instead",
            "LANGFUSE_DROP_INPUTS is 'tools', expected types such as tool,retriever, or all; using"
                + " all instead",
            "LANGFUSE_OBSERVE_DECORATOR_IO_CAPTURE_ENABLED is 'never', expected true or false;"
                + " using false instead");
    assertThat(configuration.get(Settings.CAPTURE_CONTENT)).isFalse();
    assertThat(configuration.get(Settings.OBSERVE_IO_CAPTURE)).isFalse();
    assertThat(configuration.find(Settings.DROP_INPUTS)).isEqualTo(Settings.ALL_TYPES);
    assertThat(configuration.find(Settings.DROP_OUTPUTS)).isNull();
  }

  @Test
  @Requirement("R151")
  void malformedValue_givenToTheBuilder_isRefusedAtOnce() {
    LangfuseBuilder builder = Langfuse.builder();
    assertThatThrownBy(() -> builder.sampleRate(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sampleRate is '2.0', expected a number from 0 to 1");
    assertThatThrownBy(() -> builder.baseUrl("localhost:3000"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.retryTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.environment("Prod"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxQueueSize(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.tracesExportPath("/a b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement("R151")
  void unknownVariable_isSaidWithASuggestion() {
    try (RecordedLogs logs = new RecordedLogs();
        Langfuse langfuse =
            client(
                with(
                    KEYS,
                    "LANGFUSE_BASE_URL",
                    "http://127.0.0.1:1",
                    "LANGFUSE_FLUSHAT",
                    "5",
                    "LANGFUSE_UTTERLY_DIFFERENT",
                    "5",
                    "LANGFUSE_ENVIRONMENT",
                    "prod",
                    "LANGFUSE_INIT_ORG_ID",
                    "x"))) {
      assertThat(logs.warnings())
          .containsExactly(
              "Langfuse: LANGFUSE_ENVIRONMENT is not a setting (did you mean"
                  + " LANGFUSE_TRACING_ENVIRONMENT?).",
              "Langfuse: LANGFUSE_FLUSHAT is not a setting (did you mean LANGFUSE_FLUSH_AT?).",
              "Langfuse: LANGFUSE_UTTERLY_DIFFERENT is not a setting.");
      assertThat(langfuse.isEnabled()).isTrue();
    }
  }

  @Test
  @Requirement("R152")
  void secrets_areNeverInAMessage() {
    try (RecordedLogs logs = new RecordedLogs()) {
      client(with(KEYS, "LANGFUSE_BASE_URL", "sk-very-secret")).close();
      client(with(KEYS, "LANGFUSE_FLUSH_AT", "sk-very-secret")).close();
      client(Map.of("LANGFUSE_SECRET_KEY", "sk-very-secret")).close();
      client(with(KEYS, "LANGFUSE_TRACING_ENABLED", "false")).close();
      assertThat(logs.messages()).isNotEmpty();
      assertThat(String.join("\n", logs.messages())).doesNotContain("very-secret");
    }
  }

  // Where traces go.

  private static String startLine(Map<String, String> variables, LocalServer local) {
    try (RecordedLogs logs = new RecordedLogs();
        Langfuse langfuse =
            Langfuse.builder().surroundings(variables, local).shutdownHook(false).build()) {
      assertThat(logs.messages()).as("one line").hasSize(1);
      return (langfuse.isEnabled() ? "on: " : "off: ") + logs.messages().get(0);
    }
  }

  @Test
  @Requirement("R152")
  void missingKeys_areNamedInOneLine() {
    LocalServer none = ClientTest.NO_LOCAL_SERVER;
    assertThat(startLine(Map.of(), none))
        .startsWith("off: Langfuse: tracing is off: LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY");
    assertThat(startLine(Map.of("LANGFUSE_PUBLIC_KEY", "pk"), none))
        .isEqualTo(
            "off: Langfuse: tracing is off: LANGFUSE_SECRET_KEY is not set; both keys are needed.");
    assertThat(startLine(Map.of("LANGFUSE_SECRET_KEY", "sk"), none))
        .contains("LANGFUSE_PUBLIC_KEY is not set");
    assertThat(startLine(Map.of("LANGFUSE_BASE_URL", "https://langfuse.example.com"), none))
        .startsWith("off: ")
        .contains("https://langfuse.example.com needs them");
    assertThat(startLine(with(KEYS, "LANGFUSE_TRACING_ENABLED", "0"), none))
        .isEqualTo("off: Langfuse: tracing is off: LANGFUSE_TRACING_ENABLED is false.");
  }

  @Test
  @Requirement("R152")
  void misplacedKeys_areNamedAndNotSent() {
    LocalServer none = ClientTest.NO_LOCAL_SERVER;
    assertThat(
            startLine(
                Map.of("LANGFUSE_PUBLIC_KEY", "sk-lf-1", "LANGFUSE_SECRET_KEY", "pk-lf-1"), none))
        .isEqualTo(
            "off: Langfuse: tracing is off: LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are each"
                + " in the other's place.");
    assertThat(
            startLine(
                Map.of("LANGFUSE_PUBLIC_KEY", "sk-lf-1", "LANGFUSE_SECRET_KEY", "sk-lf-1"), none))
        .contains("LANGFUSE_PUBLIC_KEY is a secret key");
    assertThat(
            startLine(
                Map.of("LANGFUSE_PUBLIC_KEY", "pk-lf-1", "LANGFUSE_SECRET_KEY", "pk-lf-1"), none))
        .contains("LANGFUSE_SECRET_KEY is a public key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:4", "http://[::1]:4/"})
  @Requirement("R21")
  void loopbackUrl_needsNoKeys(String url) {
    assertThat(startLine(Map.of("LANGFUSE_BASE_URL", url), ClientTest.NO_LOCAL_SERVER))
        .startsWith("on: Langfuse: sending traces to ")
        .contains("without keys");
  }

  @Test
  @Requirement({"R21", "R152"})
  void captureOff_isSaidAtTheStart() {
    assertThat(
            startLine(
                Map.of(
                    "LANGFUSE_BASE_URL",
                    "http://localhost:3000",
                    "LANGFUSE_CAPTURE_CONTENT",
                    "false"),
                ClientTest.NO_LOCAL_SERVER))
        .contains("inputs and outputs are not recorded");
  }

  private static LocalServer.Found probe(int status, String server, String contentType)
      throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/api/public/health",
        exchange -> {
          if (server != null) {
            exchange.getResponseHeaders().add("Server", server);
          }
          exchange.getResponseHeaders().add("Content-Type", contentType);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    http.start();
    try {
      return new LocalServer(URI.create("http://127.0.0.1:" + http.getAddress().getPort())).probe();
    } finally {
      http.stop(0);
    }
  }

  @Test
  @Requirement("R21")
  void localServer_isRecognisedByItsHeader() throws Exception {
    assertThat(probe(200, "langfuse4j/0.1", "application/json"))
        .isEqualTo(LocalServer.Found.LANGFUSE4J);
    assertThat(probe(200, null, "application/json; charset=utf-8"))
        .isEqualTo(LocalServer.Found.OTHER_LANGFUSE);
    assertThat(probe(200, "nginx", "text/html")).isEqualTo(LocalServer.Found.NONE);
    assertThat(probe(404, "langfuse4j/0.1", "application/json")).isEqualTo(LocalServer.Found.NONE);
    assertThat(ClientTest.NO_LOCAL_SERVER.probe()).isEqualTo(LocalServer.Found.NONE);
  }

  @Test
  @Timeout(60)
  @Requirement({"R21", "R151"})
  void localServer_thatSpeaksNoHttpOrNothing_isNone() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try {
                  while (true) {
                    var connection = socket.accept();
                    connection
                        .getOutputStream()
                        .write("* OK IMAP\r\n".getBytes(StandardCharsets.UTF_8));
                    connection.close();
                  }
                } catch (java.io.IOException closed) {
                  return;
                }
              });
      server.start();
      LocalServer talkative =
          new LocalServer(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
      assertThat(talkative.probe()).isEqualTo(LocalServer.Found.NONE);
    }
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      LocalServer mute = new LocalServer(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
      assertThat(mute.probe()).isEqualTo(LocalServer.Found.NONE);
    }
  }

  @Test
  @Requirement("R21")
  void environmentOnly_isEnough() {
    try (OtlpSink sink = new OtlpSink();
        Langfuse langfuse = client(with(KEYS, "LANGFUSE_HOST", sink.url()))) {
      langfuse.run("root", o -> {});
      assertThat(langfuse.flush()).isTrue();

      OtlpSink.Request request = sink.requests().get(0);
      assertThat(request.path()).isEqualTo("/api/public/otel/v1/traces");
      assertThat(request.headers())
          .containsEntry(
              "authorization",
              "Basic "
                  + java.util.Base64.getEncoder()
                      .encodeToString("pk:sk-very-secret".getBytes(StandardCharsets.UTF_8)));
    }
  }
}
