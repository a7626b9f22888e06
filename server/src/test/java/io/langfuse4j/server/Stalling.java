package io.langfuse4j.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Something that can be told to take every connection and answer none, and to go on. */
abstract class Stalling implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "stalling");
            thread.setDaemon(true);
            return thread;
          });
  private volatile CountDownLatch gate = new CountDownLatch(0);

  final void hang() {
    gate = new CountDownLatch(1);
  }

  final void goOn() {
    gate.countDown();
  }

  final void pass() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  abstract int port();

  @Override
  public void close() {
    goOn();
    threads.shutdownNow();
  }

  /** Has nothing to tell and takes everything: enough of a ClickHouse to start with. */
  static Stalling clickHouse() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    Stalling stalling =
        new Stalling() {
          @Override
          int port() {
            return server.getAddress().getPort();
          }

          @Override
          public void close() {
            super.close();
            server.stop(0);
          }
        };
    server.setExecutor(stalling.threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          stalling.pass();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return stalling;
  }

  /** Stands before something that speaks over TCP. */
  static Stalling before(String host, int port) throws IOException {
    ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    List<Socket> sockets = new CopyOnWriteArrayList<>();
    Stalling stalling =
        new Stalling() {
          @Override
          int port() {
            return listening.getLocalPort();
          }

          @Override
          public void close() {
            super.close();
            try {
              listening.close();
              for (Socket socket : sockets) {
                socket.close();
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    stalling.threads.execute(
        () -> {
          try {
            while (true) {
              Socket near = listening.accept();
              Socket far = new Socket(host, port);
              sockets.addAll(List.of(near, far));
              stalling.threads.execute(() -> stalling.forward(near, far));
              stalling.threads.execute(() -> stalling.forward(far, near));
            }
          } catch (IOException e) {
            // Closed.
          }
        });
    return stalling;
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int count = in.read(buffer);
      while (count >= 0) {
        pass();
        out.write(buffer, 0, count);
        out.flush();
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // One side has gone, and with it the other.
    }
  }
}
