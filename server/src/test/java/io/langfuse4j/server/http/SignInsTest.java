package io.langfuse4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignInsTest {
  private static final String HEADER = "Basic cGstbGY6c2stbGY=";
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private static Stream<SignIns> both() {
    return Stream.of(SignIns.inMemory(at(NOW)), SignIns.shared(at(NOW), "secret"));
  }

  @ParameterizedTest
  @MethodSource("both")
  void token_standsForTheHeader_andNothingElseDoes(SignIns signIns) {
    String token = signIns.open(HEADER);

    assertThat(signIns.authorization(token)).isEqualTo(HEADER);
    assertThat(token).doesNotContain("cGst").isNotEqualTo(signIns.open(HEADER));
    assertThat(signIns.authorization(token.substring(1))).isNull();
    assertThat(signIns.authorization(token + "AAAA")).isNull();
    for (String other : new String[] {null, "", "x", "ä", "AAAA", "A".repeat(10_000)}) {
      assertThat(signIns.authorization(other)).isNull();
    }
  }

  @Test
  void shared_isTakenByServersOfTheSameSecretOnly_untilItIsTooOld() {
    String token = SignIns.shared(at(NOW), "secret").open(HEADER);

    Instant last = NOW.plus(SignIns.KEPT);
    assertThat(SignIns.shared(at(last), "secret").authorization(token)).isEqualTo(HEADER);
    assertThat(SignIns.shared(at(last.plus(Duration.ofMillis(1))), "secret").authorization(token))
        .isNull();
    assertThat(SignIns.shared(at(NOW), "another").authorization(token)).isNull();
  }

  @Test
  void inMemory_closed_opensNothing() {
    SignIns signIns = SignIns.inMemory(at(NOW));
    String token = signIns.open(HEADER);
    signIns.close(token);

    assertThat(signIns.authorization(token)).isNull();
  }
}
