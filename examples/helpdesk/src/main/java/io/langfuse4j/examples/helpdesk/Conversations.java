package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.examples.helpdesk.Question.Mishap.COURIER_DOWN;
import static io.langfuse4j.examples.helpdesk.Question.Mishap.PROVIDER_BUSY;

import java.util.List;

/** Ten questions that two customers ask in three conversations. */
final class Conversations {
  private Conversations() {}

  /**
   * The questions in the order in which they are asked.
   *
   * @param run distinguishes the sessions of this run from those of others
   */
  static List<Question> of(String run) {
    Customer adaWaits = new Customer("ada.moreno", "ada-waits-" + run, "chat");
    Customer adaReturns = new Customer("ada.moreno", "ada-returns-" + run, "chat");
    Customer ben = new Customer("ben.okafor", "ben-writes-" + run, "email");
    return List.of(
        adaWaits.asks("Where is my order HL-10427, and when will it arrive?", "Tracking a parcel"),
        adaWaits
            .asks(
                "Can I still change the delivery address after I have paid?",
                "Changing the delivery address")
            .whileStreaming(),
        adaWaits.asks(
            "Am I allowed to take the camping lantern on a plane?", "Lithium batteries in baggage"),
        adaReturns.asks(
            "I want to return two lamps from order HL-10391. What refund do I get?",
            "Amount of a refund"),
        adaReturns.asks(
            "Who pays the return postage? Within how many days may I return an item?"
                + " Is the original packaging required?",
            "Return postage",
            "Return window",
            "Return packaging"),
        adaReturns.asks("How long until I get my money back?", "When refunds are paid"),
        ben.asks("Where has my parcel for order HL-10466 got to?", "Tracking a parcel")
            .during(COURIER_DOWN),
        ben.asks(
                "My reading lamp flickers when I use a dimmer. Is that covered by the guarantee?",
                "Guarantee")
            .during(PROVIDER_BUSY),
        ben.asks(
            "Which law applies to your terms of sale, and by which court is a dispute settled?",
            "Terms of sale in full"),
        ben.asks("I can't remember my login details. What now?", "Resetting a password"));
  }

  private record Customer(String name, String session, String channel) {
    Question asks(String text, String... expectedPolicies) {
      return new Question(
          name, session, channel, text, List.of(expectedPolicies), false, Question.Mishap.NONE);
    }
  }
}
