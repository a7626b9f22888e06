package io.langfuse4j.api;

import static io.langfuse4j.testing.ScriptedServer.json;
import static io.langfuse4j.testing.ScriptedServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.langfuse4j.testing.ScriptedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The thin client, asked by hand and answered by a script. */
class LangfuseApiTest {

  private final ScriptedServer server = new ScriptedServer(request -> json(200, Map.of("id", "1")));
  private final LangfuseApi api = server.api();

  private static ApiResponse pageOfTraces(int page) {
    return json(
        200,
        Map.of(
            "data",
            List.of(Map.of("id", "a" + page), Map.of("id", "b" + page)),
            "meta",
            Map.of("page", page, "limit", 2, "totalItems", 6, "totalPages", 3)));
  }

  private static int pageOf(String path) {
    int at = path.indexOf("page=");
    return at < 0 ? 1 : Integer.parseInt(path.substring(at + 5).replaceAll("&.*", ""));
  }

  @Test
  void stream_fetchesEachPageWhenItIsNeeded() {
    server.answering(request -> pageOfTraces(pageOf(request.path())));

    Stream<String> ids = api.traces().list(q -> q.limit(2).userId("ä b")).stream().map(Trace::id);

    assertThat(ids.limit(3)).containsExactly("a1", "b1", "a2");
    assertThat(server.lines())
        .containsExactly(
            "GET /api/public/traces?limit=2&userId=%C3%A4%20b",
            "GET /api/public/traces?limit=2&userId=%C3%A4%20b&page=2");
  }

  @Test
  void iteration_endsWithTheLastPage() {
    server.answering(request -> pageOfTraces(pageOf(request.path())));

    assertThat(api.traces().list(q -> {}).stream().map(Trace::id))
        .containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void page_tellsHowManyThereAre() {
    server.answering(request -> pageOfTraces(pageOf(request.path())));

    Page<Trace> page = api.traces().list(q -> q.page(2)).page();

    assertThat(page.data()).extracting(Trace::id).containsExactly("a2", "b2");
    assertThat(page)
        .extracting(Page::page, Page::totalItems, Page::totalPages)
        .containsExactly(2, 6, 3);
  }

  @Test
  void listByCursor_followsTheCursorUntilThereIsNone() {
    server.answering(
        request ->
            request.path().contains("cursor=next")
                ? json(200, Map.of("data", List.of(Map.of("id", "2")), "meta", Map.of()))
                : json(
                    200,
                    Map.of("data", List.of(Map.of("id", "1")), "meta", Map.of("cursor", "next"))));

    assertThat(api.observations().listV2(q -> q.fields("core")).stream().map(Observation::id))
        .containsExactly("1", "2");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void list_ofNothing_isEmptyAfterOneRequest() {
    server.answering(
        request -> json(200, Map.of("data", List.of(), "meta", Map.of("totalPages", 0))));

    assertThat(api.sessions().list(q -> {})).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void answer_hasTypedFieldsAndEverythingElse() {
    server.answering(
        request ->
            json(
                200,
                Map.of(
                    "id",
                    "t 1",
                    "timestamp",
                    "2026-11-21T10:00:00+01:00",
                    "tags",
                    List.of("x"),
                    "latency",
                    1.5,
                    "scores",
                    List.of(Map.of("id", "s", "name", "quality", "value", 1)),
                    "somethingNew",
                    true)));

    Trace trace = api.traces().get("t/1");

    assertThat(server.lines()).containsExactly("GET /api/public/traces/t%2F1");
    assertThat(trace.id()).isEqualTo("t 1");
    assertThat(trace.timestamp()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(trace.tags()).containsExactly("x");
    assertThat(trace.latency()).isEqualTo(1.5);
    assertThat(trace.userId()).isNull();
    assertThat(trace.scores()).extracting(ScoreDetails::name).containsExactly("quality");
    assertThat(trace.flag("somethingNew")).isTrue();
    record Own(String id, List<String> tags) {}
    assertThat(trace.as(Own.class)).isEqualTo(new Own("t 1", List.of("x")));
  }

  @Test
  void rawRequest_sendsAnythingAnywhere() {
    record Body(String name, Instant at) {}

    ApiObject answer =
        api.request("POST", "/api/public/anything?a=1")
            .query("b", List.of("x", "y"))
            .query("c", null)
            .body(new Body("n", Instant.EPOCH))
            .send();

    assertThat(answer.text("id")).isEqualTo("1");
    assertThat(server.lines()).containsExactly("POST /api/public/anything?a=1&b=x&b=y");
    assertThat(server.requests().get(0).body())
        .isEqualTo(Map.of("name", "n", "at", "1970-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Correct the request",
    "401, LANGFUSE_SECRET_KEY",
    "403, keys of the project",
    "404, It does not exist",
    "405, may be too old",
    "413, Send less",
    "429, less often",
    "500, Try again later"
  })
  void refusal_isOneExceptionThatSaysWhatToDo(int status, String advice) {
    server.answering(
        request ->
            new ApiResponse(
                status,
                Map.of("X-Request-Id", "r-1"),
                "{\"message\":\"No.\",\"error\":\"SomeError\"}"));

    LangfuseApiException refusal =
        catchThrowableOfType(
            LangfuseApiException.class,
            () ->
                api.request("GET", "/api/public/traces")
                    .query("userId", "secret")
                    .maxRetries(0)
                    .send());

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.requestId()).isEqualTo("r-1");
    assertThat(refusal.body()).contains("No.");
    assertThat(refusal)
        .hasMessageContainingAll("GET /api/public/traces", "No. (SomeError)", advice)
        .hasMessageNotContaining("secret");
  }

  @Test
  void noAnswer_isTheSameException() {
    server.answering(
        request -> {
          throw new IOException("reset");
        });

    assertThatThrownBy(() -> api.request("GET", "/x").maxRetries(0).send())
        .isInstanceOfSatisfying(LangfuseApiException.class, e -> assertThat(e.status()).isZero())
        .hasMessageContainingAll("GET /x", "reset", "LANGFUSE_BASE_URL")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void page_thatIsNoJson_isNoSuccess() {
    server.answering(request -> new ApiResponse(200, Map.of(), "<html>"));

    assertThatThrownBy(() -> api.health())
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("not JSON");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void get_thatFailsForAPassingReason_isRepeatedTwice(int status) {
    server.answering(request -> refusal(status, "busy"));

    assertThatThrownBy(() -> api.health()).isInstanceOf(LangfuseApiException.class);

    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 422})
  void get_thatIsRefused_isNotRepeated(int status) {
    server.answering(request -> refusal(status, "no"));

    assertThatThrownBy(() -> api.health()).isInstanceOf(LangfuseApiException.class);

    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"500, 1", "502, 1", "408, 1", "503, 3", "429, 3"})
  void post_isRepeatedOnlyWhereTheServerDidNotBeginIt(int status, int requests) {
    server.answering(request -> new ApiResponse(status, Map.of("Retry-After", "0"), ""));

    assertThatThrownBy(() -> api.datasets().create(Map.of("name", "n")))
        .isInstanceOf(LangfuseApiException.class);

    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void post_onAConnectionThatWasRefused_isRepeated() {
    server.answering(
        request -> {
          if (server.requests().size() < 2) {
            throw new ConnectException("refused");
          }
          return json(200, Map.of("id", "1"));
        });

    assertThat(api.datasets().create(Map.of("name", "n")).id()).isEqualTo("1");
  }

  @Test
  void timeout_isForAllAttempts() {
    server.answering(
        request -> new ApiResponse(503, Map.of("Retry-After", "30"), "{\"message\":\"later\"}"));

    assertThatThrownBy(() -> api.request("GET", "/x").timeout(Duration.ofSeconds(5)).send())
        .hasMessageContaining("503");

    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).timeout()).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void interrupted_staysInterrupted() {
    server.answering(
        request -> {
          throw new InterruptedException();
        });

    assertThatThrownBy(() -> api.health()).isInstanceOf(LangfuseApiException.class);

    assertThat(Thread.interrupted()).isTrue();
  }
}
