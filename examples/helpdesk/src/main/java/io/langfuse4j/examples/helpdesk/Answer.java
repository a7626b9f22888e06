package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.List;

/**
 * What the help desk answered.
 *
 * @param passages what it had found, best first
 * @param traceId the trace that shows how it came about
 */
record Answer(Question question, String text, List<Passage> passages, String traceId) {

  /** Whether the search put a policy first that a person would have looked up. */
  boolean foundExpectedPolicyFirst() {
    return !passages.isEmpty() && question.expectedPolicies().contains(passages.get(0).title());
  }
}
