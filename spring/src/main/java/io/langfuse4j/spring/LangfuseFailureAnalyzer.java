package io.langfuse4j.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to change when an application does not start because of Langfuse. */
final class LangfuseFailureAnalyzer
    extends AbstractFailureAnalyzer<LangfuseConfigurationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, LangfuseConfigurationException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
