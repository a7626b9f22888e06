package io.langfuse4j.examples.helpdesk.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;

/** Tells where an order is. */
public final class OrderStatus implements Tool {
  private static final ToolDefinition DEFINITION =
      ToolDefinition.of(
          "order-status",
          "Looks up where an order or its parcel is, and when it is expected to arrive",
          Schema.of(
              """
              {
                "type": "object",
                "properties": {
                  "order": {"type": "string", "pattern": "^HL-[0-9]{5}$", "description": "Order number"}
                },
                "required": ["order"]
              }
              """));

  private final Courier courier;

  public OrderStatus(Courier courier) {
    this.courier = courier;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Result call(JsonNode arguments) {
    Order order = OrderBook.get(arguments.path("order").asText());
    return new Result(
        order.id(), order.item(), courier.statusOf(order), order.expected().toString());
  }

  /** What is handed back to the model. */
  public record Result(String order, String item, String status, String expected) {}
}
