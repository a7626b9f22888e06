package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A running server, shared by all tests, and for each test a client that sends to it. What a test
 * sends carries a release of its own, by which its traces are found again.
 */
final class SeedServer implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SeedServer.class);

  private final String release = "test-" + UUID.randomUUID();
  private final List<Langfuse> clients = new ArrayList<>();
  private URI url;
  private Langfuse langfuse;

  @Override
  public void beforeEach(ExtensionContext context) {
    url =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(LocalServer.class, key -> LocalServer.start(), LocalServer.class)
            .url();
    langfuse = newClient();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clients.forEach(Langfuse::close);
  }

  /** The client of this test. */
  Langfuse langfuse() {
    return langfuse;
  }

  /** Another client, as another service would have one. */
  Langfuse newClient() {
    Langfuse client = builder().build();
    clients.add(client);
    return client;
  }

  /** The settings of such a client. */
  LangfuseBuilder builder() {
    return Langfuse.builder()
        .publicKey(PublicApi.PUBLIC_KEY)
        .secretKey(PublicApi.SECRET_KEY)
        .baseUrl(url.toString())
        .release(release);
  }

  /** The environment variables by which a program sends to this server. */
  Map<String, String> variables() {
    return Map.of(
        "LANGFUSE_PUBLIC_KEY",
        PublicApi.PUBLIC_KEY,
        "LANGFUSE_SECRET_KEY",
        PublicApi.SECRET_KEY,
        "LANGFUSE_BASE_URL",
        url.toString(),
        "LANGFUSE_RELEASE",
        release);
  }

  /** Runs a program that takes its settings from the surroundings, here system properties. */
  void configured(Program program) throws Exception {
    Map<String, String> properties = new LinkedHashMap<>();
    variables()
        .forEach((name, value) -> properties.put(name.toLowerCase().replace('_', '.'), value));
    try {
      properties.forEach(System::setProperty);
      program.run();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  /** A program that may fail. */
  interface Program {
    void run() throws Exception;
  }

  PublicApi api() {
    return new PublicApi(url);
  }

  /** Sends what the client of this test has, and reads the one trace that this test made. */
  JsonNode sentTrace() {
    assertThat(langfuse.flush()).as("delivered; %s", langfuse.stats()).isTrue();
    return trace();
  }

  /** The one trace of this test, without flushing anything. */
  JsonNode trace() {
    List<JsonNode> traces = traces();
    assertThat(traces).hasSize(1);
    return traces.get(0);
  }

  /** As the list shows them. */
  List<JsonNode> listedTraces() {
    return TraceText.list(api().tracesOfRelease(release));
  }

  List<JsonNode> traces() {
    List<JsonNode> traces = new ArrayList<>();
    for (JsonNode listed : listedTraces()) {
      JsonNode trace = api().trace(listed.path("id").textValue());
      trace.path("observations").forEach(SeedServer::assertTimesAreSane);
      traces.add(trace);
    }
    return traces;
  }

  private static void assertTimesAreSane(JsonNode observation) {
    if (!observation.path("type").asText().equals("EVENT")) {
      assertThat(Instant.parse(observation.path("endTime").asText()))
          .isAfterOrEqualTo(Instant.parse(observation.path("startTime").asText()));
    }
  }
}
