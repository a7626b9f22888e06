package io.langfuse4j.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Health in Spring Boot 3; see {@link LangfuseHealth}. */
final class Boot3HealthIndicator implements HealthIndicator {

  private final LangfuseHealth health;

  Boot3HealthIndicator(LangfuseHealth health) {
    this.health = health;
  }

  /** Unknown rather than down while data is lost: an application works without its traces. */
  @Override
  public Health health() {
    boolean losing = health.isEnabled() && health.isLosing();
    return (losing ? Health.unknown() : Health.up()).withDetails(health.details()).build();
  }
}
