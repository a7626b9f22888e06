package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** User, session and trace id of requests. */
class LangfuseWebFilterTest {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder()
          .publicKey("pk")
          .secretKey("sk")
          .baseUrl(sink.url())
          .shutdownHook(false)
          .build();
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/ask");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final FilterChain application =
      (rq, rs) -> {
        langfuse.startObservation("answer").end();
      };

  @AfterEach
  void close() {
    langfuse.close();
    sink.close();
  }

  private void filter(LangfuseWebProperties properties, FilterChain chain) throws Exception {
    new LangfuseWebFilter(langfuse, properties).doFilter(request, response, chain);
    langfuse.flush();
  }

  @Test
  void nothingSet_changesNothing() throws Exception {
    request.setUserPrincipal(() -> "ada");
    request.setSession(new MockHttpSession(null, "secret-session"));

    filter(new LangfuseWebProperties(false, false, false, null), application);

    RecordedSpan span = sink.span("answer");
    assertThat(sink.names()).containsExactly("answer");
    assertThat(span.attributes()).doesNotContainKeys("user.id", "session.id");
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void userAndSession_areThoseOfTheRequest_theSessionAsADigest() throws Exception {
    request.setUserPrincipal(() -> "ada");
    request.setSession(new MockHttpSession(null, "secret-session"));

    filter(new LangfuseWebProperties(true, true, false, null), application);

    RecordedSpan span = sink.span("answer");
    assertThat(span.attributes()).containsEntry("user.id", "ada");
    assertThat((String) span.attributes().get("session.id")).matches("[0-9a-f]{16}");
  }

  @Test
  void nobodyLoggedIn_isNoUser() throws Exception {
    filter(new LangfuseWebProperties(true, true, false, null), application);

    assertThat(sink.span("answer").attributes()).doesNotContainKeys("user.id", "session.id");
  }

  @Test
  void observedRequest_isTheRootAndTellsItsTraceId() throws Exception {
    AtomicReference<String> logged = new AtomicReference<>();

    filter(
        new LangfuseWebProperties(false, false, true, "X-Trace-Id"),
        (rq, rs) -> {
          logged.set(MDC.get(LangfuseWebFilter.MDC_KEY));
          application.doFilter(rq, rs);
        });

    RecordedSpan root = sink.span("GET /ask");
    assertThat(sink.span("answer").parentSpanId()).isEqualTo(root.spanId());
    assertThat(response.getHeader("X-Trace-Id")).isEqualTo(root.traceId());
    assertThat(MDC.get(LangfuseWebFilter.MDC_KEY)).isNull();
  }

  @Test
  void answerThatComesLater_isPartOfTheRequest() throws Exception {
    request.setAsyncSupported(true);

    filter(
        new LangfuseWebProperties(false, false, true, null),
        (rq, rs) -> {
          application.doFilter(rq, rs);
          rq.startAsync();
        });

    assertThat(sink.names()).containsExactly("answer");
    response.setStatus(503);
    request.getAsyncContext().complete();

    langfuse.flush();
    RecordedSpan root = sink.span("GET /ask");
    assertThat(root.observation("metadata.http_status")).isEqualTo(503L);
    assertThat(sink.span("answer").parentSpanId()).isEqualTo(root.spanId());
  }

  @Test
  void traceThatIsThereAlready_isTold() throws Exception {
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer")) {
      filter(new LangfuseWebProperties(false, false, false, "X-Trace-Id"), application);

      assertThat(response.getHeader("X-Trace-Id")).isEqualTo(outer.traceId());
    }
  }

  @Test
  void failure_isRecordedAndThrownAsItWas() {
    ServletException failure = new ServletException("no");

    assertThat(
            catchThrowable(
                () ->
                    filter(
                        new LangfuseWebProperties(false, false, true, null),
                        (rq, rs) -> {
                          throw failure;
                        })))
        .isSameAs(failure);

    langfuse.flush();
    assertThat(sink.span("GET /ask").observation("level")).isEqualTo("ERROR");
  }
}
