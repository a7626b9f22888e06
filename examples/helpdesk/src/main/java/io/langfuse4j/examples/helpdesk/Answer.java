package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.List;

/**
 * What the help desk answered.
 *
 * @param passages what it had found, best first
 * @param grounded how much of it stands in policies or tool results, from 0 to 1
 * @param traceId the trace that shows how it came about
 */
record Answer(
    Question question, String text, List<Passage> passages, double grounded, String traceId) {
  private static final double HELPFUL = 0.5;

  /** Whether the customer learns anything, as opposed to being told that nothing was found. */
  boolean helps() {
    return grounded >= HELPFUL;
  }

  /** Whether the search put a policy first that a person would have looked up. */
  boolean foundExpectedPolicyFirst() {
    return !passages.isEmpty() && question.expectedPolicies().contains(passages.get(0).title());
  }
}
