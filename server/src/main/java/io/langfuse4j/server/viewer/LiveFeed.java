package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.http.EventSink;
import io.langfuse4j.server.http.EventSource;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connected viewers which traces have changed. Each client holds at most one entry per trace
 * and a bounded number of traces: a slow one misses intermediate changes, never grows. Thread-safe.
 */
public final class LiveFeed implements EventSource, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LiveFeed.class);
  private static final long PERIOD_MILLIS = 250;

  /** How often other servers' changes are looked for, while somebody is connected. */
  private static final long ELSEWHERE_MILLIS = 1_000;

  private static final int MOST_WAITING = 500;

  private final TraceStore store;
  private final Runnable subscription;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService pace =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "langfuse4j-live");
            thread.setDaemon(true);
            return thread;
          });

  public LiveFeed(TraceStore store) {
    this.store = store;
    this.subscription = store.subscribe(this::changed);
    every(PERIOD_MILLIS, () -> clients.forEach(Client::sendNext));
    every(ELSEWHERE_MILLIS, this::lookElsewhere);
  }

  private void every(long millis, Runnable task) {
    var unused = pace.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void lookElsewhere() {
    Set<String> watched = new HashSet<>();
    clients.forEach(client -> watched.add(client.project));
    try {
      for (String project : watched) {
        store.changedElsewhere(project).forEach(this::changed);
      }
    } catch (RuntimeException e) {
      // Whatever it is, the next round must come.
      LOGGER.debug("Other servers' changes cannot be read; it is tried again", e);
    }
  }

  @Override
  public Runnable connected(EventSink sink, String project) {
    Client client = new Client(sink, project);
    clients.add(client);
    pace.execute(() -> client.greet(latest(project)));
    return () -> clients.remove(client);
  }

  private @Nullable Instant latest(String project) {
    List<StoredTrace> newest = store.traces(TraceQuery.of(project).page(1, 0));
    return newest.isEmpty() ? null : newest.get(0).summary().timestamp();
  }

  private void changed(TraceChange change) {
    for (Client client : clients) {
      if (client.project.equals(change.project())) {
        client.add(change);
      }
    }
  }

  @Override
  public void close() {
    subscription.run();
    pace.shutdownNow();
  }

  /** What one viewer is still to be told. Its map guards itself and the flag. */
  private static final class Client {
    private final EventSink sink;
    private final String project;
    private final Map<String, TraceChange> waiting = new LinkedHashMap<>();
    private boolean sending = true;

    Client(EventSink sink, String project) {
      this.sink = sink;
      this.project = project;
    }

    void greet(@Nullable Instant latest) {
      sink.send("hello", text(json -> json.field("latest", latest)), this::sent);
    }

    void add(TraceChange change) {
      synchronized (waiting) {
        waiting.put(change.traceId(), change);
        if (waiting.size() > MOST_WAITING) {
          Iterator<String> oldest = waiting.keySet().iterator();
          oldest.next();
          oldest.remove();
        }
      }
    }

    /** Starts telling everything that waits now, one event after the other. */
    void sendNext() {
      List<TraceChange> changes;
      synchronized (waiting) {
        if (sending || waiting.isEmpty()) {
          return;
        }
        sending = true;
        changes = List.copyOf(waiting.values());
        waiting.clear();
      }
      send(changes.iterator());
    }

    private void send(Iterator<TraceChange> changes) {
      if (!changes.hasNext()) {
        sent();
        return;
      }
      TraceChange change = changes.next();
      String data =
          text(json -> json.field("id", change.traceId()).field("timestamp", change.timestamp()));
      sink.send("trace", data, () -> send(changes));
    }

    private void sent() {
      synchronized (waiting) {
        sending = false;
      }
    }

    private static String text(Json.Part fields) {
      return new String(Json.object(fields), StandardCharsets.UTF_8);
    }
  }
}
