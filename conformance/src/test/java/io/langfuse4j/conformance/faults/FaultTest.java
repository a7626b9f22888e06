package io.langfuse4j.conformance.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.conformance.faults.FaultyServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an application and its observations when the server, or its process, fails. */
@Tag("faults")
class FaultTest {

  /** How long the server is away; {@code -Dlangfuse4j.faults.outage=10} is enough for CI. */
  private static final int OUTAGE_SECONDS = Integer.getInteger("langfuse4j.faults.outage", 60);

  private static final double P99_AIM = 1.2;

  @TempDir Path directory;
  private final FaultyServer server = new FaultyServer();
  private final List<Application> applications = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    applications.forEach(application -> application.process.destroyForcibly());
    server.close();
  }

  /** A running application and what it has printed. */
  private static final class Application {

    /** A line, and when it was read. */
    record Line(String text, long nanos) {}

    final Process process;
    final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<Line> ticks = new ArrayList<>();
    private final Thread reader;

    Application(Process process) {
      this.process = process;
      this.reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          Line read = new Line(line, System.nanoTime());
          if (line.startsWith("ended ")) {
            synchronized (ticks) {
              ticks.add(read);
            }
          } else {
            lines.add(read);
          }
        }
      } catch (IOException killed) {
        return;
      }
    }

    void say(String line) throws IOException {
      OutputStream out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    Application finish(int seconds) throws InterruptedException {
      assertThat(process.waitFor(seconds, SECONDS)).as(output()).isTrue();
      reader.join(5_000);
      assertThat(process.exitValue()).as(output()).isZero();
      return this;
    }

    long number(String name) {
      return Long.parseLong(text(name));
    }

    String text(String name) {
      return lines.stream()
          .map(Line::text)
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " is missing in " + output()));
    }

    String output() {
      return String.join("\n", lines.stream().map(Line::text).toList());
    }

    int ticks() {
      synchronized (ticks) {
        return ticks.size();
      }
    }

    /** Names of the observations that had ended at this time. */
    List<String> endedBefore(long nanos) {
      synchronized (ticks) {
        return ticks.stream()
            .filter(line -> line.nanos() < nanos)
            .map(line -> "o" + line.text().substring("ended ".length()))
            .toList();
      }
    }
  }

  private Application start(Map<String, String> settings, int heapMegabytes, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                FaultApplication.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LANGFUSE_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "LANGFUSE_PUBLIC_KEY", "pk",
                "LANGFUSE_SECRET_KEY", "sk",
                "LANGFUSE_BASE_URL", server.url()));
    builder.environment().putAll(settings);
    Application application = new Application(builder.start());
    applications.add(application);
    return application;
  }

  private Map<String, String> spilling() {
    return Map.of("LANGFUSE_SPILL_DIRECTORY", directory.toString());
  }

  @Test
  void outage_underLoad_losesNothingAndSlowsNobody() throws Exception {
    Application application = start(spilling(), 128, "steady", "500");
    SECONDS.sleep(4);
    application.say("up");
    SECONDS.sleep(15);
    application.say("down");
    server.goAway();
    SECONDS.sleep(OUTAGE_SECONDS);
    server.comeBack();
    application.say("back");
    SECONDS.sleep(10);
    application.say("stop");
    application.finish(90);

    assertThat(application.text("flushed")).as(application.output()).isEqualTo("true");
    assertThat(application.number("dropped")).isZero();
    assertThat((long) server.spans()).isEqualTo(application.number("ended"));
    assertThat(application.number("mostQueuedBytes")).isLessThan(64L << 20);
    double slower = application.number("p99.down") / (double) application.number("p99.up");
    System.out.printf(
        Locale.ROOT,
        "%d s without a server: %,d observations, none lost, at most %,d bytes in memory, p99 of"
            + " the call %.2f times that with the server (aim %.1f)%n",
        OUTAGE_SECONDS,
        application.number("ended"),
        application.number("mostQueuedBytes"),
        slower,
        P99_AIM);
    // Other work on the machine counts too, so that the aim itself is for quiet ones.
    assertThat(slower).isLessThan(2 * P99_AIM);
  }

  static Stream<Arguments> passing() {
    List<Arguments> cases = new ArrayList<>();
    for (boolean spill : new boolean[] {false, true}) {
      cases.add(Arguments.of("429 with Retry-After", Answer.status(429, "Retry-After: 1"), spill));
      for (int status : spill ? new int[] {503} : new int[] {408, 502, 503, 504}) {
        cases.add(Arguments.of(String.valueOf(status), Answer.status(status), spill));
      }
      cases.add(Arguments.of("slow", Answer.late(4_000), spill));
      cases.add(Arguments.of("half-closed", Answer.HALF_CLOSED, spill));
      cases.add(Arguments.of("garbage", Answer.GARBAGE, spill));
      cases.add(Arguments.of("half an answer", Answer.CUT, spill));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, spill {2}")
  @MethodSource("passing")
  void passingFault_isRetriedUntilAllIsDelivered(String fault, Answer answer, boolean spill)
      throws Exception {
    server.next(answer, answer);
    Map<String, String> settings = new HashMap<>(spill ? spilling() : Map.of());
    if (fault.equals("slow")) {
      settings.put("LANGFUSE_TIMEOUT", "2");
    }

    Application application = start(settings, 128, "send", "1000").finish(60);

    assertThat(application.text("flushed")).as(application.output()).isEqualTo("true");
    assertThat(server.spans()).isEqualTo(1_000);
    assertThat(application.number("sent")).isEqualTo(1_000);
    assertThat(application.number("dropped")).isZero();
    assertThat(application.number("retries")).isBetween(2L, 3L);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {400, 401, 403, 404, 405, 500})
  void refusal_losesWhatWasRefusedAndCountsIt(int status) throws Exception {
    server.always(Answer.status(status));

    Application application = start(Map.of(), 128, "send", "100").finish(60);

    assertThat(application.text("flushed")).isEqualTo("false");
    assertThat(application.number("rejected")).isEqualTo(100);
    assertThat(application.number("retries")).isZero();
  }

  @ParameterizedTest(name = "spill {0}")
  @ValueSource(booleans = {false, true})
  void tooLarge_isSplitUntilItFits(boolean spill) throws Exception {
    server.always(Answer.tooLargeAbove(2_000));

    Application application = start(spill ? spilling() : Map.of(), 128, "send", "1000").finish(60);

    assertThat(application.text("flushed")).as(application.output()).isEqualTo("true");
    assertThat(server.spans()).isEqualTo(1_000);
    assertThat(server.duplicates()).isZero();
  }

  @Test
  void tooLarge_afterARestart_isSplitToo() throws Exception {
    server.goAway();
    Application killed = start(spilling(), 128, "tick", "1000");
    await().atMost(30, SECONDS).until(() -> killed.ticks() > 2_000);
    long kill = System.nanoTime();
    killed.process.destroyForcibly().waitFor();
    server.comeBack();
    server.always(Answer.tooLargeAbove(2_000));

    Application next = start(spilling(), 128, "send", "1").finish(60);

    assertThat(next.text("flushed")).as(next.output()).isEqualTo("true");
    assertThat(server.names()).containsAll(killed.endedBefore(kill - SECONDS.toNanos(1)));
  }

  @ParameterizedTest(name = "server up {0}")
  @ValueSource(booleans = {true, false})
  void killed_withSpill_deliversAtTheNextStartWhatEndedASecondBefore(boolean up) throws Exception {
    if (!up) {
      server.goAway();
    }
    Application killed = start(spilling(), 128, "tick", "500");
    await().atMost(60, SECONDS).until(() -> killed.ticks() > 2_500);
    long kill = System.nanoTime();
    killed.process.destroyForcibly().waitFor();
    if (!up) {
      server.comeBack();
    }

    Application next = start(spilling(), 128, "send", "1").finish(60);

    assertThat(next.text("flushed")).as(next.output()).isEqualTo("true");
    List<String> due = killed.endedBefore(kill - SECONDS.toNanos(1));
    assertThat(due).hasSizeGreaterThan(1_000);
    assertThat(server.names()).containsAll(due);
  }

  @ParameterizedTest(name = "spill {0}")
  @ValueSource(booleans = {false, true})
  void valueOf100Megabytes_isCutAndItsNeighboursArrive(boolean spill) throws Exception {
    Application application = start(spill ? spilling() : Map.of(), 384, "giant").finish(90);

    assertThat(application.text("flushed")).as(application.output()).isEqualTo("true");
    assertThat(server.names()).contains("giant").hasSize(21);
    assertThat(server.names())
        .containsAll(IntStream.range(0, 10).mapToObj(i -> "before" + i).toList())
        .containsAll(IntStream.range(0, 10).mapToObj(i -> "after" + i).toList());
    assertThat(server.inputs().get("giant"))
        .hasSizeLessThan((16 << 20) + 200)
        .startsWith("ggg")
        .contains("truncated");
  }

  @Test
  void burstOfAMillion_intoTenMegabytes_countsEveryDrop() throws Exception {
    Application application =
        start(
                Map.of(
                    "LANGFUSE_MAX_QUEUE_BYTES",
                    String.valueOf(10 << 20),
                    "LANGFUSE_MAX_QUEUE_SIZE",
                    "1000000"),
                128,
                "send",
                "1000000")
            .finish(90);

    long sent = application.number("sent");
    assertThat(application.number("queueFull")).as(application.output()).isPositive();
    assertThat(sent + application.number("queueFull")).isEqualTo(1_000_000);
    assertThat((long) server.spans()).isEqualTo(sent);
    assertThat(application.number("queued")).isZero();
  }
}
