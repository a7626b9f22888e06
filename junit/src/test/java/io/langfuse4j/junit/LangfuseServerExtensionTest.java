package io.langfuse4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.Trace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server for the tests of a class. */
class LangfuseServerExtensionTest {

  @RegisterExtension static final LangfuseServerExtension server = new LangfuseServerExtension();

  @Test
  void trace_isReadBackFromTheServer() {
    Langfuse langfuse = server.client();
    String id =
        langfuse.observe(
            "ask",
            span -> {
              span.input("where").score("quality", 0.5);
              return span.traceId();
            });
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();

    Trace trace = langfuse.api().traces().get(id);
    assertThat(trace.name()).isEqualTo("ask");
    assertThat(trace.observations()).singleElement().matches(o -> "where".equals(o.input()));
    assertThat(trace.scores()).singleElement().matches(s -> s.name().equals("quality"));
  }
}
