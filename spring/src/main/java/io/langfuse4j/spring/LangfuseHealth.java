package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseStats;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What health and info tell of the client, in whichever class the version of Spring Boot wants.
 * Asks nobody: the figures are those of what was delivered. Thread-safe.
 */
final class LangfuseHealth {

  private final Langfuse langfuse;
  private long dropped;

  LangfuseHealth(Langfuse langfuse) {
    this.langfuse = langfuse;
  }

  /** A client that is off is not a failure. */
  boolean isEnabled() {
    return langfuse.isEnabled();
  }

  /** Whether something was lost since it was last asked. */
  synchronized boolean isLosing() {
    long before = dropped;
    dropped = langfuse.stats().dropped();
    return dropped > before;
  }

  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("tracing", langfuse.isEnabled() ? "on" : "off");
    if (langfuse.isEnabled()) {
      LangfuseStats stats = langfuse.stats();
      details.put("sent", stats.sent());
      details.put("queued", stats.queued());
      details.put("dropped", stats.dropped());
      details.put("retries", stats.retries());
    }
    return details;
  }
}
