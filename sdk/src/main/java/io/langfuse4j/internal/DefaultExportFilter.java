package io.langfuse4j.internal;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Which spans belong in Langfuse: our observations, everything with attributes of generative AI,
 * and the scopes of known LLM instrumentations. The lists of the official Python and JS SDKs
 * together, and what libraries of the JVM call themselves.
 *
 * <p>Vector stores' own instrumentations are left out, as in both official SDKs.
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
          "org.springframework.ai",
          "SemanticKernel");

  /**
   * GenAI semantic conventions; Spring AI's Micrometer observations, whose scope is Spring Boot's;
   * OpenInference, whose scope the application chooses; the Model Context Protocol's conventions.
   */
  private static final List<String> ATTRIBUTES =
      List.of("gen_ai", "spring.ai.", "openinference.", "mcp.");

  /** Quarkus LangChain4j, whose AI services and tools have no attributes that tell. */
  private static final String QUARKUS_LANGCHAIN4J = "langchain4j.";

  private DefaultExportFilter() {}

  /** Whether a span belongs in Langfuse. */
  public static boolean test(ReadableSpan span) {
    String scope = span.getInstrumentationScopeInfo().getName();
    return scope.equals(LangfuseAttributes.SCOPE_NAME)
        || isKnownScope(scope)
        || span.getName().startsWith(QUARKUS_LANGCHAIN4J)
        || hasKnownAttribute(span);
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

  private static boolean hasKnownAttribute(ReadableSpan span) {
    KnownAttributes known = new KnownAttributes();
    span.toSpanData().getAttributes().forEach(known);
    return known.found;
  }

  private static final class KnownAttributes implements BiConsumer<AttributeKey<?>, Object> {
    private boolean found;

    @Override
    public void accept(AttributeKey<?> key, Object value) {
      for (int i = 0; i < ATTRIBUTES.size() && !found; i++) {
        found = key.getKey().startsWith(ATTRIBUTES.get(i));
      }
    }
  }
}
