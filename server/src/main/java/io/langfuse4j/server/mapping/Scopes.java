package io.langfuse4j.server.mapping;

import io.langfuse4j.server.otlp.OtlpSpan;

/** Instrumentation scopes whose spans are read differently. */
final class Scopes {
  static final String LANGFUSE_SDK = "langfuse-sdk";
  static final String VERCEL = "ai";
  static final String GENKIT = "genkit-tracer";
  static final String FLUE = "@flue/opentelemetry";
  static final String PYDANTIC_AI = "pydantic-ai";
  static final String GOOGLE_ADK = "gcp.vertex.agent";
  static final String LIVEKIT = "livekit-agents";

  private Scopes() {}

  /** Langfuse's own SDKs: their attributes are all mapped, so repeating them is noise. */
  static boolean isLangfuseSdk(OtlpSpan span) {
    String name = span.scope().name();
    return name != null && name.startsWith(LANGFUSE_SDK);
  }
}
