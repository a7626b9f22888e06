package io.langfuse4j.conformance.faults;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * A server on a port of its own that can go away and come back, and answers in whatever way a test
 * asks for, well-formed or not. Keeps the names of spans and counts what came twice.
 */
final class FaultyServer implements AutoCloseable {

  /** How a request is answered. */
  interface Answer {
    Answer OK = (server, body, socket) -> server.accept(body, socket);

    void give(FaultyServer server, byte[] body, Socket socket) throws IOException;

    /** An empty answer with this status. */
    static Answer status(int status, String... headers) {
      return (server, body, socket) -> respond(socket, status, headers);
    }

    /** Nothing for this long, then success; but the caller may be gone. */
    static Answer late(long millis) {
      return (server, body, socket) -> {
        pause(millis);
        respond(socket, 200);
      };
    }

    /** The request is read and the connection closed. */
    Answer HALF_CLOSED = (server, body, socket) -> socket.close();

    /** Something that is not HTTP. */
    Answer GARBAGE =
        (server, body, socket) -> {
          socket.getOutputStream().write(new byte[] {0, 1, 2, (byte) 0xff, '\n', '\r', 7, 7});
          socket.close();
        };

    /** Half an answer. */
    Answer CUT =
        (server, body, socket) -> {
          String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf";
          socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
          socket.close();
        };

    /** Bodies above this many bytes are too large; the rest is taken. */
    static Answer tooLargeAbove(int bytes) {
      return (server, body, socket) -> {
        if (body.length > bytes) {
          respond(socket, 413);
        } else {
          server.accept(body, socket);
        }
      };
    }
  }

  private final int port;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Set<String> spanIds = ConcurrentHashMap.newKeySet();
  private final Map<String, String> inputs = new ConcurrentHashMap<>();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Socket> open = new ArrayList<>();
  private volatile Answer always = Answer.OK;
  private volatile ServerSocket listening;

  FaultyServer() {
    listening = listen(0);
    port = listening.getLocalPort();
    accept(listening);
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers of the next requests, one each; then those of {@link #always}. */
  FaultyServer next(Answer... given) {
    answers.addAll(List.of(given));
    return this;
  }

  FaultyServer always(Answer answer) {
    always = answer;
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Set<String> names() {
    return names;
  }

  /** Distinct spans. */
  int spans() {
    return spanIds.size();
  }

  long duplicates() {
    return duplicates.get();
  }

  int requests() {
    return requests.get();
  }

  /** Inputs by the name of the span. */
  Map<String, String> inputs() {
    return inputs;
  }

  /** Nothing listens any more, and every connection is cut. */
  void goAway() throws IOException {
    listening.close();
    synchronized (open) {
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
    }
  }

  void comeBack() {
    listening = listen(port);
    accept(listening);
  }

  private void accept(ServerSocket server) {
    start(
        () -> {
          while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            synchronized (open) {
              open.add(socket);
            }
            start(() -> serve(socket));
          }
        });
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closedByEitherSide) {
                return;
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16);
    while (!socket.isClosed()) {
      int length = readHead(in);
      if (length < 0) {
        return;
      }
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        return;
      }
      requests.incrementAndGet();
      Answer next = answers.poll();
      (next == null ? always : next).give(this, body, socket);
    }
  }

  /** The length of the body; -1 at the end of the connection. */
  private static int readHead(InputStream in) throws IOException {
    int length = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean any = false;
    for (int c = in.read(); c >= 0; c = in.read()) {
      any = true;
      if (c != '\n') {
        line.write(c);
        continue;
      }
      String text = line.toString(StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
      line.reset();
      if (text.isEmpty()) {
        return length;
      }
      if (text.startsWith("content-length:")) {
        length = Integer.parseInt(text.substring(15).strip());
      }
    }
    return any ? 0 : -1;
  }

  private void accept(byte[] body, Socket socket) throws IOException {
    byte[] message = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    try {
      ExportTraceServiceRequest.parseFrom(message)
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(scope -> scope.getSpansList().forEach(this::keep)));
    } catch (InvalidProtocolBufferException e) {
      respond(socket, 400);
      return;
    }
    respond(socket, 200);
  }

  private void keep(Span span) {
    if (!spanIds.add(span.getSpanId().toStringUtf8() + span.getSpanId().hashCode())) {
      duplicates.incrementAndGet();
    }
    names.add(span.getName());
    span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("langfuse.observation.input"))
        .filter(attribute -> span.getName().equals("giant"))
        .forEach(attribute -> inputs.put(span.getName(), attribute.getValue().getStringValue()));
  }

  private static void respond(Socket socket, int status, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\nContent-Length: 2\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Type: application/json\r\n\r\n{}");
    socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    goAway();
  }
}
