package io.langfuse4j.examples.helpdesk.shop;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;

/** The courier's tracking service, which has its bad moments. Thread-safe. */
public final class Courier {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

  private final AtomicInteger failures = new AtomicInteger();

  /** Makes that many coming requests fail. */
  public void failNext(int requests) {
    failures.set(requests);
  }

  String statusOf(Order order) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ToolUnavailableException("The courier's tracking service closed the connection");
    }
    return order.expected().isAfter(TODAY) ? "in transit" : "delivered";
  }
}
