package io.langfuse4j.spring;

import io.opentelemetry.sdk.trace.ReadableSpan;

/** Spans whose work an integration records as an observation of its own already. */
@FunctionalInterface
interface ObservedTwice {

  /** Spring AI's, which Boot's bridge makes from the observations that our handler sees. */
  ObservedTwice SPRING_AI =
      span -> span.getInstrumentationScopeInfo().getName().equals("org.springframework.boot");

  boolean test(ReadableSpan span);
}
