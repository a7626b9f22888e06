package io.langfuse4j.server.cli;

import static io.langfuse4j.server.store.Spans.START;
import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MigrateTest {
  private static final String PROJECT = "p";

  @TempDir private Path folder;

  private SqliteTraceStore open(String name) {
    return SqliteTraceStore.open(folder.resolve(name), Clock.systemUTC(), 1L << 28);
  }

  /** More traces than a page, one of them larger than a page of observations. */
  private static void fill(TraceStore store) {
    List<MappedSpan> spans = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      spans.add(
          span("t" + i, "root")
              .at(i / 3, i + 10)
              .user("u" + i % 4)
              .tags("tag" + i % 2)
              .content("question " + i, "answer")
              .metadata("{\"n\":" + i + "}")
              .root());
      spans.add(
          span("t" + i, "call").parent("root").level(Level.ERROR).model("m", 1, 2, "0.5").child());
    }
    for (int i = 0; i < 1_200; i++) {
      spans.add(span("large", "o" + i).at(i, i + 1).update());
    }
    store.write(PROJECT, spans).join();
    store.write("other", List.of(span("t0", "o").root())).join();
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      scores.add(
          new Score(
              "s" + i,
              new Score.Subject("t" + i % 120, null, null, null),
              "thumbs",
              Score.DataType.NUMERIC,
              1.0 * i,
              null,
              Score.Source.API,
              null,
              null,
              "{}",
              null,
              null,
              "default",
              START.plusMillis(i / 2)));
    }
    store.writeScores(PROJECT, scores).join();
  }

  private static List<Object> everything(TraceStore store) {
    List<Object> all = new ArrayList<>();
    for (String project : List.of(PROJECT, "other")) {
      store
          .traces(TraceQuery.of(project).page(1_000, 0).content(true))
          .forEach(trace -> all.add(withoutArrival(trace)));
      store
          .observations(ObservationQuery.of(project).page(10_000, 0).content(true))
          .forEach(found -> all.add(found.observation()));
      store.scores(ScoreQuery.of(project).page(10_000, 0)).forEach(found -> all.add(found.score()));
    }
    return all;
  }

  private static List<Object> withoutArrival(StoredTrace trace) {
    var summary = trace.summary();
    return Arrays.asList(
        summary.id(),
        summary.name(),
        summary.timestamp(),
        summary.userId(),
        summary.environment(),
        summary.tags(),
        summary.totals(),
        summary.complete(),
        trace.input(),
        trace.output(),
        trace.metadata());
  }

  private void copy(TraceStore from, TraceStore to) throws Exception {
    StoreCopy copy =
        new StoreCopy(
            from, to, MigrationState.of(folder.resolve("from"), "there"), new Progress("traces"));
    copy.copy(PROJECT);
    copy.copy("other");
  }

  @Test
  void copy_interruptedAndStartedAgain_bringsEverythingOnce() throws Exception {
    try (SqliteTraceStore from = open("from");
        SqliteTraceStore to = open("to")) {
      fill(from);
      AtomicInteger writes = new AtomicInteger();
      TraceStore failing =
          (TraceStore)
              Proxy.newProxyInstance(
                  TraceStore.class.getClassLoader(),
                  new Class<?>[] {TraceStore.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("write") && writes.incrementAndGet() % 70 == 0
                          ? CompletableFuture.failedFuture(new StoreException("away"))
                          : method.invoke(to, arguments));
      int attempts = 0;
      boolean done = false;
      while (!done && attempts < 10) {
        attempts++;
        try {
          copy(from, failing);
          done = true;
        } catch (CompletionException e) {
          assertThat(e).hasCauseInstanceOf(StoreException.class);
        }
      }

      assertThat(attempts).isBetween(2, 4);
      assertThat(everything(to)).containsExactlyElementsOf(everything(from));
      assertThat(from.projectIds()).containsExactly("other", PROJECT);
      int before = writes.get();
      copy(from, failing);
      assertThat(writes.get()).isEqualTo(before);
    }
  }

  @Test
  void toAnotherLangfuse_sendsTracesAndScores() {
    Path data = folder.resolve("data");
    try (TestServer source = TestServer.start(data)) {
      source.ingest(
          OtlpRequest.root(1, 1, "run")
              .attribute("user.id", "marie")
              .child(1, 2, 1, "ask")
              .generation("gpt-4o", 10, 5));
      source.send(
          200,
          "POST",
          "/api/public/scores",
          "{'id':'s1','traceId':'" + OtlpRequest.traceId(1) + "','name':'thumbs','value':1}");
      source.send(
          200,
          "POST",
          "/api/public/scores",
          "{'id':'s2','sessionId':'chat','name':'mood','value':'good'}");
    }
    try (TestServer target = TestServer.start(folder.resolve("target"))) {
      for (int i = 0; i < 2; i++) {
        assertThat(
                new CommandLine(new MigrateCommand())
                    .execute("--data", data.toString(), "--langfuse-url", target.url()))
            .isZero();
      }

      String trace = "/api/public/traces/" + OtlpRequest.traceId(1);
      assertThat(target.json(trace).path("userId").asText()).isEqualTo("marie");
      assertThat(target.json(trace).path("observations")).hasSize(2);
      assertThat(target.json(trace).path("scores")).hasSize(1);
      assertThat(target.json("/api/public/v2/scores").path("data").findValuesAsText("id"))
          .containsExactlyInAnyOrder("s1", "s2");
      assertThat(target.json("/api/public/traces").path("meta").path("totalItems").asInt()).isOne();
    }
  }

  @Test
  void withoutTarget_orFolderInUse_isSaid() {
    assertThat(new CommandLine(new MigrateCommand()).execute("--data", folder.toString()))
        .isEqualTo(2);
    try (SqliteTraceStore used = open("used")) {
      assertThat(used.projectIds()).isEmpty();
      assertThat(
              new CommandLine(new MigrateCommand())
                  .execute(
                      "--data",
                      folder.resolve("used").toString(),
                      "--langfuse-url",
                      "http://127.0.0.1:1"))
          .isEqualTo(1);
    }
  }
}
