package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.internal.http.LocalServer;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/**
 * A client that sends to a sink over real HTTP, for the tests of what users see. The environment of
 * whoever runs the tests has no say.
 */
abstract class ClientTest {

  /** Port 1 is never listened on. */
  static final LocalServer NO_LOCAL_SERVER = new LocalServer(URI.create("http://127.0.0.1:1"));

  final OtlpSink sink = new OtlpSink();
  private final List<Langfuse> clients = new ArrayList<>();
  final Langfuse langfuse = client(settings -> {});

  /** A further client that is closed after the test. */
  final Langfuse client(Consumer<LangfuseBuilder> settings) {
    LangfuseBuilder builder = connected();
    settings.accept(builder);
    Langfuse client = builder.build();
    clients.add(client);
    return client;
  }

  /** A builder with keys and the address of the sink. */
  final LangfuseBuilder connected() {
    return Langfuse.builder()
        .surroundings(Map.of(), NO_LOCAL_SERVER)
        .publicKey("pk")
        .secretKey("sk")
        .baseUrl(sink.url())
        .timeout(Duration.ofSeconds(5))
        .shutdownHook(false);
  }

  /** Flushes, which must succeed, and finds the one span of that name. */
  final RecordedSpan sent(String name) {
    flush();
    return sink.span(name);
  }

  final void flush() {
    assertThat(langfuse.flush()).as("flush: %s", langfuse.stats()).isTrue();
  }

  /** The attributes of a span of the given type that is the root of its trace, and these. */
  static Map<String, Object> root(String type, Object... more) {
    Map<String, Object> attributes = child(type, more);
    attributes.put("langfuse.internal.is_app_root", true);
    return attributes;
  }

  /** The attributes of a span of the given type below another, and these. */
  static Map<String, Object> child(String type, Object... more) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("langfuse.observation.type", type);
    for (int i = 0; i < more.length; i += 2) {
      String key = (String) more[i];
      attributes.put(
          key.startsWith("langfuse.") || key.startsWith("user.") || key.startsWith("session.")
              ? key
              : "langfuse.observation." + key,
          more[i + 1]);
    }
    return attributes;
  }

  @AfterEach
  void closeAll() {
    clients.forEach(client -> client.close(Duration.ofMillis(200)));
    sink.close();
  }
}
