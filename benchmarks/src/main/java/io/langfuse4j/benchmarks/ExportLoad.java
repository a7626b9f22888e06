package io.langfuse4j.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.ObservationType;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

/**
 * How many observations a CPU-second carries from {@code end()} to a server on this machine, ours
 * beside OpenTelemetry's batch processor and OTLP exporter (JDK sender, gzip). Texts are ready, so
 * that queueing, protobuf, gzip and HTTP are what is measured. The sink is a process of its own;
 * each contender runs in a fresh JVM, in turn, and counts the CPU time of its whole process.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.langfuse4j.benchmarks.ExportLoad [rounds]
 * }</pre>
 */
public final class ExportLoad {

  private static final int WARM_UP = 60_000;
  private static final int OBSERVATIONS = 200_000;

  /** Below the queue's size, so that nobody drops. */
  private static final int AHEAD = 8_192;

  private static final String[] TEXTS = texts();

  private ExportLoad() {}

  /** 1 KB each, of words as varied as those of prompts, so that gzip has its usual work. */
  private static String[] texts() {
    Random random = new Random(1);
    String[] words = new String[2_000];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          random
              .ints(2 + random.nextInt(8), 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }
    String[] texts = new String[512];
    for (int i = 0; i < texts.length; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 1_024) {
        // Squared, so that some words are much more frequent than others, as in language.
        double rank = random.nextDouble();
        text.append(words[(int) (rank * rank * words.length)]).append(' ');
      }
      texts[i] = text.substring(0, 1_024);
    }
    return texts;
  }

  private static String text(int number) {
    return TEXTS[number % TEXTS.length];
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      contend(arguments[0], arguments[1]);
      return;
    }
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    try (Sink sink = new Sink()) {
      System.out.printf(
          "%-16s %14s %14s %12s %10s%n",
          "", "obs/CPU-second", "CPU us/obs", "bytes/obs", "arrived");
      List<String> contenders = List.of("langfuse", "opentelemetry");
      for (int round = 0; round < rounds; round++) {
        for (String contender : contenders) {
          sink.reset();
          String cpu = run(contender, sink.url());
          double seconds = Long.parseLong(cpu.strip()) / 1e9;
          System.out.printf(
              Locale.ROOT,
              "%-16s %,14.0f %14.1f %12.0f %9.1f%%%n",
              contender,
              OBSERVATIONS / seconds,
              seconds * 1e6 / OBSERVATIONS,
              sink.bytes() / (double) (WARM_UP + OBSERVATIONS),
              100.0 * sink.observations() / (WARM_UP + OBSERVATIONS));
        }
      }
    }
  }

  private static String run(String contender, String url) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ExportLoad.class.getName(), contender, url));
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.to(new File("/dev/null"))).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    }
  }

  private static void contend(String contender, String url) {
    try (Contender subject = Contender.of(contender, url)) {
      subject.send(WARM_UP);
      long before = processCpuNanos();
      subject.send(OBSERVATIONS);
      System.out.println(processCpuNanos() - before);
    }
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** One way to make observations and get them to the sink. */
  private interface Contender extends AutoCloseable {

    void observe(int number);

    void flush();

    @Override
    void close();

    /** In portions that the queue can hold, so that nothing is dropped. */
    default void send(int observations) {
      for (int sent = 0; sent < observations; ) {
        int portion = Math.min(AHEAD, observations - sent);
        for (int i = 0; i < portion; i++) {
          observe(sent + i);
        }
        flush();
        sent += portion;
      }
    }

    static Contender of(String name, String url) {
      return name.equals("langfuse") ? new WithLangfuse(url) : new WithOpenTelemetry(url);
    }
  }

  private static final class WithLangfuse implements Contender {

    private final Langfuse langfuse;

    WithLangfuse(String url) {
      this.langfuse = Tracers.langfuse().baseUrl(url).build();
    }

    @Override
    public void observe(int number) {
      try (LangfuseGeneration generation =
          langfuse.startActiveObservation("chat", ObservationType.GENERATION)) {
        generation.model("gpt-4o").input(text(number)).output(text(number + 1));
      }
    }

    @Override
    public void flush() {
      if (!langfuse.flush(Duration.ofSeconds(30))) {
        throw new IllegalStateException("not delivered: " + langfuse.stats());
      }
    }

    @Override
    public void close() {
      langfuse.close();
    }
  }

  private static final class WithOpenTelemetry implements Contender {

    private static final AttributeKey<String> TYPE =
        AttributeKey.stringKey("langfuse.observation.type");
    private static final AttributeKey<String> MODEL =
        AttributeKey.stringKey("langfuse.observation.model.name");
    private static final AttributeKey<String> INPUT_KEY =
        AttributeKey.stringKey("langfuse.observation.input");
    private static final AttributeKey<String> OUTPUT_KEY =
        AttributeKey.stringKey("langfuse.observation.output");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    WithOpenTelemetry(String url) {
      this.provider =
          Tracers.openTelemetry(
              OtlpHttpSpanExporter.builder()
                  .setEndpoint(url + "/api/public/otel/v1/traces")
                  .setCompression("gzip")
                  .build());
      this.tracer = provider.get("benchmark");
    }

    @Override
    public void observe(int number) {
      Span span = tracer.spanBuilder("chat").startSpan();
      try (io.opentelemetry.context.Scope scope = span.makeCurrent()) {
        span.setAttribute(TYPE, "generation");
        span.setAttribute(MODEL, "gpt-4o");
        span.setAttribute(INPUT_KEY, text(number));
        span.setAttribute(OUTPUT_KEY, text(number + 1));
      } finally {
        span.end();
      }
    }

    @Override
    public void flush() {
      if (!provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()) {
        throw new IllegalStateException("not delivered");
      }
    }

    @Override
    public void close() {
      provider.close();
    }
  }

  /** Takes everything, unpacks it and counts. */
  private static final class Sink implements AutoCloseable {

    private static final byte[] ONCE_PER_SPAN =
        "langfuse.observation.input".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder observations = new LongAdder();

    Sink() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.setExecutor(threads);
      server.createContext("/", this::take);
      server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] packed = exchange.getRequestBody().readAllBytes();
        bytes.add(packed.length);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
          observations.add(count(unpacked.readAllBytes()));
        }
        exchange.sendResponseHeaders(200, -1);
      }
    }

    private static int count(byte[] body) {
      int found = 0;
      for (int i = 0; i <= body.length - ONCE_PER_SPAN.length; i++) {
        if (body[i] == ONCE_PER_SPAN[0]
            && Arrays.equals(
                body, i, i + ONCE_PER_SPAN.length, ONCE_PER_SPAN, 0, ONCE_PER_SPAN.length)) {
          found++;
        }
      }
      return found;
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void reset() {
      bytes.reset();
      observations.reset();
    }

    long bytes() {
      return bytes.sum();
    }

    long observations() {
      return observations.sum();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
