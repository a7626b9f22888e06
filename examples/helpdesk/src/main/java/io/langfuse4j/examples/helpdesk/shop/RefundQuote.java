package io.langfuse4j.examples.helpdesk.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import java.math.BigDecimal;

/** Works out what is paid back for a return. */
public final class RefundQuote implements Tool {
  private static final ToolDefinition DEFINITION =
      ToolDefinition.of(
          "refund-quote",
          "Works out the refund for items of an order that the customer wants to return",
          Schema.of(
              """
              {
                "type": "object",
                "properties": {
                  "order": {"type": "string", "pattern": "^HL-[0-9]{5}$", "description": "Order number"},
                  "quantity": {"type": "integer", "minimum": 1, "description": "How many items come back"}
                },
                "required": ["order", "quantity"]
              }
              """));

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Result call(JsonNode arguments) {
    Order order = OrderBook.get(arguments.path("order").asText());
    int quantity = arguments.path("quantity").asInt();
    if (quantity < 1 || quantity > order.quantity()) {
      throw new IllegalArgumentException(
          "Order " + order.id() + " has " + order.quantity() + " items, not " + quantity);
    }
    BigDecimal refund = order.unitPrice().multiply(BigDecimal.valueOf(quantity));
    return new Result(order.id(), quantity, "€" + refund);
  }

  /** What is handed back to the model. */
  public record Result(String order, int quantity, String refund) {}
}
