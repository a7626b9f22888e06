package io.langfuse4j.examples.helpdesk.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ToolsTest {
  private final Courier courier = new Courier();
  private final OrderStatus orderStatus = new OrderStatus(courier);
  private final RefundQuote refundQuote = new RefundQuote();

  @Test
  void orderStatus_knownOrder_tellsWhereItIs() {
    assertThat(orderStatus.call(order("HL-10427")))
        .isEqualTo(
            new OrderStatus.Result("HL-10427", "oak floor lamp", "in transit", "2026-11-24"));
    assertThat(orderStatus.call(order("HL-10391")).status()).isEqualTo("delivered");
  }

  @Test
  void orderStatus_unknownOrder_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> orderStatus.call(order("HL-99999")))
        .withMessage("There is no order HL-99999");
  }

  @Test
  void orderStatus_courierFailsOnce_worksAgainAfterwards() {
    courier.failNext(1);

    assertThatExceptionOfType(ToolUnavailableException.class)
        .isThrownBy(() -> orderStatus.call(order("HL-10427")));
    assertThat(orderStatus.call(order("HL-10427")).status()).isEqualTo("in transit");
  }

  @Test
  void refundQuote_someItems_multipliesThePrice() {
    assertThat(refundQuote.call(order("HL-10391").put("quantity", 2)))
        .isEqualTo(new RefundQuote.Result("HL-10391", 2, "€118.00"));
  }

  @Test
  void refundQuote_moreThanOrdered_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refundQuote.call(order("HL-10427").put("quantity", 2)))
        .withMessage("Order HL-10427 has 1 items, not 2");
  }

  private static ObjectNode order(String id) {
    return JsonNodeFactory.instance.objectNode().put("order", id);
  }
}
