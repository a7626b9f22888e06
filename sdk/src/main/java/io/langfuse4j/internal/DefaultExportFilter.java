package io.langfuse4j.internal;

import io.opentelemetry.sdk.trace.ReadableSpan;
import java.util.List;

/**
 * Which spans belong in Langfuse: our observations, everything with GenAI attributes, and the
 * scopes of known LLM instrumentations. The lists of the official Python and JS SDKs, and those of
 * the JVM.
 */
public final class DefaultExportFilter {

  private static final List<String> SCOPES =
      List.of(
          LangfuseAttributes.SCOPE_NAME,
          "agent_framework",
          "ai",
          "autogen-core",
          "haystack",
          "langsmith",
          "litellm",
          "openinference",
          "opentelemetry.instrumentation.agno",
          "opentelemetry.instrumentation.alephalpha",
          "opentelemetry.instrumentation.anthropic",
          "opentelemetry.instrumentation.aws_bedrock",
          "opentelemetry.instrumentation.bedrock",
          "opentelemetry.instrumentation.cohere",
          "opentelemetry.instrumentation.crewai",
          "opentelemetry.instrumentation.gemini",
          "opentelemetry.instrumentation.google_genai",
          "opentelemetry.instrumentation.google_generativeai",
          "opentelemetry.instrumentation.groq",
          "opentelemetry.instrumentation.haystack",
          "opentelemetry.instrumentation.langchain",
          "opentelemetry.instrumentation.llamaindex",
          "opentelemetry.instrumentation.mistralai",
          "opentelemetry.instrumentation.ollama",
          "opentelemetry.instrumentation.openai",
          "opentelemetry.instrumentation.openai_agents",
          "opentelemetry.instrumentation.openai_v2",
          "opentelemetry.instrumentation.replicate",
          "opentelemetry.instrumentation.sagemaker",
          "opentelemetry.instrumentation.together",
          "opentelemetry.instrumentation.transformers",
          "opentelemetry.instrumentation.vertex_ai",
          "opentelemetry.instrumentation.vertexai",
          "opentelemetry.instrumentation.voyageai",
          "opentelemetry.instrumentation.watsonx",
          "opentelemetry.instrumentation.writer",
          "pydantic-ai",
          "strands-agents",
          "vllm",
          "com.anthropic.sdk.java",
          "com.arize",
          "dev.langchain4j",
          "gcp.vertex.agent",
          "io.modelcontextprotocol",
          "io.opentelemetry.openai-java-1.1",
          "SemanticKernel");

  private DefaultExportFilter() {}

  /** Whether a span belongs in Langfuse. */
  public static boolean test(ReadableSpan span) {
    String scope = span.getInstrumentationScopeInfo().getName();
    return scope.equals(LangfuseAttributes.SCOPE_NAME) || isKnownScope(scope) || isGenAi(span);
  }

  private static boolean isKnownScope(String scope) {
    for (String known : SCOPES) {
      if (scope.startsWith(known)
          && (scope.length() == known.length() || scope.charAt(known.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGenAi(ReadableSpan span) {
    boolean[] found = new boolean[1];
    span.toSpanData()
        .getAttributes()
        .forEach((key, value) -> found[0] |= key.getKey().startsWith("gen_ai"));
    return found[0];
  }
}
