package io.langfuse4j.conformance.services;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpanProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that wants its observations in its other backends too. */
// tag::shared-provider[]
@Configuration
class SharedProvider {

  @Bean
  LangfuseSpanProcessor langfuseSpanProcessor() {
    return LangfuseSpanProcessor.create();
  }

  @Bean
  Langfuse langfuse(SdkTracerProvider tracerProvider, LangfuseSpanProcessor processor) {
    return Langfuse.builder().tracerProvider(tracerProvider, processor).build();
  }
}
// end::shared-provider[]
