package io.langfuse4j.spring;

import io.langfuse4j.LangfuseBuilder;

/** A bean that has a word in how the client is built, after the properties, in bean order. */
@FunctionalInterface
public interface LangfuseCustomizer {

  /** Changes what is to be built. */
  void customize(LangfuseBuilder builder);
}
