package io.langfuse4j.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health in Spring Boot 4; see {@link LangfuseHealth}. */
final class Boot4HealthIndicator implements HealthIndicator {

  private final LangfuseHealth health;

  Boot4HealthIndicator(LangfuseHealth health) {
    this.health = health;
  }

  /** Unknown rather than down while data is lost: an application works without its traces. */
  @Override
  public Health health() {
    boolean losing = health.isEnabled() && health.isLosing();
    return (losing ? Health.unknown() : Health.up()).withDetails(health.details()).build();
  }
}
