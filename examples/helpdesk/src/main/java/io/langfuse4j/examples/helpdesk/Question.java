package io.langfuse4j.examples.helpdesk;

import java.util.List;

/**
 * What a customer asked.
 *
 * @param customer who
 * @param session the conversation it belongs to
 * @param channel how it reached us
 * @param expectedPolicies the titles of the policies that a person would look up
 * @param streamed whether the customer sees the answer while it is written
 * @param mishap what goes wrong meanwhile
 */
record Question(
    String customer,
    String session,
    String channel,
    String text,
    List<String> expectedPolicies,
    boolean streamed,
    Mishap mishap) {

  /** Trouble that is arranged on purpose, because a trace is most useful then. */
  enum Mishap {
    NONE,
    /** The provider refuses two requests before it answers. */
    PROVIDER_BUSY,
    /** The courier's tracking service fails once. */
    COURIER_DOWN
  }

  Question whileStreaming() {
    return new Question(customer, session, channel, text, expectedPolicies, true, mishap);
  }

  Question during(Mishap trouble) {
    return new Question(customer, session, channel, text, expectedPolicies, streamed, trouble);
  }
}
