package io.langfuse4j.examples.helpdesk.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The orders of the shop. */
final class OrderBook {
  private static final List<Order> ORDERS =
      List.of(
          order("HL-10391", "brass reading lamp", 3, "59.00", "2026-11-09"),
          order("HL-10427", "oak floor lamp", 1, "189.00", "2026-11-24"),
          order("HL-10466", "camping lantern", 2, "42.50", "2026-11-23"));

  private OrderBook() {}

  static Order get(String id) {
    return ORDERS.stream()
        .filter(order -> order.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no order " + id));
  }

  private static Order order(
      String id, String item, int quantity, String unitPrice, String expected) {
    return new Order(id, item, quantity, new BigDecimal(unitPrice), LocalDate.parse(expected));
  }
}
