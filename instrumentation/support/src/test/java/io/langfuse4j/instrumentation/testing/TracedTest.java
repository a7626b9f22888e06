package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A Langfuse client that sends to a sink over real HTTP, and a provider to talk to. */
public abstract class TracedTest {

  private static final Set<String> JSON =
      Set.of(
          "input", "output", "model.parameters", "usage_details", "cost_details", "metadata.tools");

  /**
   * By how much OpenTelemetry's clock may be behind the one of the first token: it is set by two
   * readings, between which the thread may have to wait for a processor.
   */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  static {
    // A guard against waiting for ever; a busy machine takes longer than Awaitility's ten seconds.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  protected final OtlpSink sink = new OtlpSink();
  protected final StubProvider provider = new StubProvider();
  private final List<Langfuse> clients = new ArrayList<>();
  private final List<Object> held = new ArrayList<>();
  protected final Langfuse langfuse = client(true);

  protected final Langfuse client(boolean captureContent) {
    Langfuse client =
        Langfuse.builder()
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .captureContent(captureContent)
            .mediaUploadEnabled(false)
            .timeout(Duration.ofSeconds(60))
            .shutdownHook(false)
            .build();
    clients.add(client);
    return client;
  }

  /** Keeps what an application keeps; some libraries close a client that nobody holds. */
  protected final <T> T held(T object) {
    held.add(object);
    return object;
  }

  /** What was sent once everything was flushed. */
  protected final List<RecordedSpan> sent() {
    clients.forEach(client -> assertThat(client.flush()).as("flush").isTrue());
    return sink.spans();
  }

  /** The one span that was sent, once there is one. */
  protected final RecordedSpan theSpan() {
    await().until(() -> !sent().isEmpty());
    assertThat(sent()).hasSize(1);
    return sent().get(0);
  }

  /**
   * What is known of an observation, under its names without prefix; JSON as maps and lists. When
   * the first token came is checked to be within the call and left out.
   */
  protected static Map<String, Object> fields(RecordedSpan span) {
    Map<String, Object> fields = new TreeMap<>();
    span.attributes()
        .forEach(
            (key, value) -> {
              String name = key.replace("langfuse.observation.", "");
              boolean json = JSON.contains(name) || isJson(value);
              fields.put(name, json ? StubProvider.parsed((String) value) : value);
            });
    fields.remove("langfuse.internal.is_app_root");
    Object firstToken = fields.remove("completion_start_time");
    if (firstToken != null) {
      String time = firstToken.toString().replace("\"", "");
      assertThat(java.time.Instant.parse(time))
          .isBetween(
              instant(span.startNanos()).minusMillis(1), instant(span.endNanos()).plus(CLOCKS));
    }
    return fields;
  }

  private static boolean isJson(Object value) {
    return value instanceof String text && (text.startsWith("{") || text.startsWith("["));
  }

  private static java.time.Instant instant(long nanos) {
    return java.time.Instant.ofEpochSecond(0, nanos).plusNanos(1_000);
  }

  protected static boolean hasFirstToken(RecordedSpan span) {
    return span.observation("completion_start_time") != null;
  }

  @AfterEach
  void closeAll() {
    provider.close();
    clients.forEach(client -> client.close(Duration.ofMillis(200)));
    sink.close();
  }
}
