package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.conformance.examples.Privacy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server does not get to see. */
class PrivacyIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  void captureContentOff_sendsNoInputAndOutput() throws Exception {
    server.configured(Privacy::withoutContent);

    assertThat(TraceText.of(server.trace()))
        .isEqualTo(
            """
            trace support
              metadata {"password":"hunter2"}
            - chain support
                metadata {"password":"hunter2"}
            """);
  }

  @Test
  void masks_hideSecretsAndPersonalData() throws Exception {
    server.configured(Privacy::masked);

    assertThat(TraceText.of(server.trace()))
        .contains("Ada", "See ticket-4711.")
        .doesNotContain("ada@example.com", "hunter2");
  }

  @Test
  void masksOfOnesOwn_hideWhatTheySay() throws Exception {
    server.configured(Privacy::maskedByRules);

    assertThat(TraceText.of(server.trace()))
        .contains("ada@example.com", "See ticket-***.")
        .doesNotContain("Ada\"", "4711");
  }
}
