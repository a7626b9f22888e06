package io.langfuse4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.postgres.PostgresMetadataStore;
import io.langfuse4j.server.store.postgres.PostgresServer;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of two servers on one PostgreSQL. */
class SharedKeysTest {
  private static final Project FIRST = new Project("first", "First", "pk-first", "sk-first");

  private MetadataStore one;
  private MetadataStore other;
  private ProjectKeys keysOfOther;

  @BeforeEach
  void start() {
    PostgresSettings settings = PostgresServer.emptySchema();
    one = PostgresMetadataStore.open(settings, Clock.systemUTC(), 1 << 24, () -> {});
    other = PostgresMetadataStore.open(settings, Clock.systemUTC(), 1 << 24, () -> {});
    keysOfOther = new ProjectKeys(FIRST, null, true, other);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  private static ApiKey key(String project, String secret) {
    return new ApiKey(
        "id-" + secret,
        project,
        "pk-" + secret,
        ProjectKeys.hash(secret),
        "sk-",
        null,
        Instant.EPOCH);
  }

  private static String basic(String secret) {
    byte[] pair = ("pk:" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private boolean opens(String secret) {
    try {
      return "made".equals(keysOfOther.project(Access.READ, basic(secret)));
    } catch (ApiException e) {
      return false;
    }
  }

  @Test
  void keyMadeAtOneServer_opensAtTheOtherAtOnce() {
    for (int i = 0; i < 20; i++) {
      String secret = "sk-" + i;
      one.projects().addApiKey(key("made", secret)).join();

      assertThat(opens(secret)).isTrue();
    }
    assertThat(keysOfOther.project(Access.SCORE, "Bearer pk-sk-7")).isEqualTo("made");
    assertThat(keysOfOther.project(Access.READ, basic("sk-first"))).isEqualTo("first");
  }

  @Test
  void keyDeletedAtOneServer_opensNothingAtTheOtherSoon() {
    one.projects().addApiKey(key("made", "sk-gone")).join();
    assertThat(opens("sk-gone")).isTrue();

    one.projects().deleteApiKey("made", "id-sk-gone").join();

    await().atMost(Duration.ofSeconds(20)).until(() -> !opens("sk-gone"));
  }

  @Test
  void wrongKey_isRefused() {
    assertThatThrownBy(() -> keysOfOther.project(Access.READ, basic("sk-wrong")))
        .isInstanceOf(ApiException.class);
  }
}
