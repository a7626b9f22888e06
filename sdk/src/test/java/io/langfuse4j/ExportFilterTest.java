package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose spans are sent unless the application says otherwise. */
@Requirement("R147")
class ExportFilterTest {

  /** With a processor, because without one newer OpenTelemetry versions record nothing. */
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
          .build();

  @AfterEach
  void close() {
    provider.close();
  }

  private boolean isSent(String scope, String name, String attribute) {
    SpanBuilder builder = provider.get(scope).spanBuilder(name);
    if (attribute != null) {
      builder.setAttribute(AttributeKey.stringKey(attribute), "x");
    }
    ReadableSpan span = (ReadableSpan) builder.startSpan();
    return LangfuseSpanProcessor.isDefaultExportSpan(span);
  }

  /** The lists of langfuse-python 4.14.3 and of @langfuse/otel 5, joined. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "langfuse-sdk",
        "agent_framework",
        "autogen-core",
        "ai",
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
      })
  void scope_ofAnOfficialList_isSentWithWhatIsBelowIt(String scope) {
    assertThat(isSent(scope, "span", null)).isTrue();
    assertThat(isSent(scope + ".sub", "span", null)).isTrue();
    assertThat(isSent(scope + "x", "span", null)).isFalse();
    assertThat(isSent(scope.toUpperCase(java.util.Locale.ROOT), "span", null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Anthropic's client,com.anthropic.sdk.java,anthropic.messages.create,",
    "Anthropic on Bedrock,com.anthropic.sdk.java.platform,anthropic.messages.create,",
    "Google ADK,gcp.vertex.agent,call_llm,",
    "LangChain4j,dev.langchain4j,chat,",
    "LangChain4j agents,dev.langchain4j.agentic,agent,",
    "MCP Java SDK,io.modelcontextprotocol.sdk,tools/call,",
    "MCP conventions,io.opentelemetry.http,tools/call weather,mcp.method.name",
    "OpenInference,com.arize.instrumentation.langchain4j,chat,",
    "OpenInference under any scope,my-service,chat,openinference.span.kind",
    "OpenTelemetry's openai-java,io.opentelemetry.openai-java-1.1,chat gpt-4o,",
    "OpenTelemetry's Bedrock,io.opentelemetry.aws-sdk-2.2,BedrockRuntime.Converse,gen_ai.system",
    "Quarkus LangChain4j,io.quarkus.opentelemetry,langchain4j.aiservices.Poet.write,",
    "Quarkus LangChain4j tools,io.quarkus.opentelemetry,langchain4j.tools.weather,",
    "Semantic Kernel,SemanticKernel,chat.completions gpt-4o,",
    "Spring AI,org.springframework.boot,chat gpt-4o,gen_ai.operation.name",
    "Spring AI advisors,org.springframework.boot,call,spring.ai.advisor.name",
    "Spring AI vector stores,org.springframework.boot,pg_vector query,spring.ai.kind",
    "Vercel's AI SDK,ai,ai.generateText,",
    "anything of today,my-service,chat,gen_ai.request.model",
    "anything of tomorrow,my-service,chat,gen_ai_agent.id",
  })
  void library_ofTheJvm_isSent(String library, String scope, String name, String attribute) {
    assertThat(isSent(scope, name, attribute)).as(library).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP server,io.opentelemetry.tomcat-10.0,GET /chat,http.route",
    "HTTP client,io.opentelemetry.java-http-client,POST,url.full",
    "JDBC,io.opentelemetry.jdbc,SELECT,db.system",
    "other AWS calls,io.opentelemetry.aws-sdk-2.2,S3.GetObject,rpc.system",
    "Spring MVC,org.springframework.boot,http get /chat,uri",
    "chromadb,opentelemetry.instrumentation.chromadb,query,db.system",
    "lancedb,opentelemetry.instrumentation.lancedb,query,db.system",
    "milvus,opentelemetry.instrumentation.milvus,query,db.system",
    "pinecone,opentelemetry.instrumentation.pinecone,query,db.system",
    "qdrant,opentelemetry.instrumentation.qdrant,query,db.system",
    "weaviate,opentelemetry.instrumentation.weaviate,query,db.system",
    "a name like ai,aio,x,",
    "a package like ai,ai-sdk,x,",
    "an attribute that only contains it,my-service,x,my.gen_ai.model",
    "no scope,'',x,",
  })
  void everythingElse_isNotSent(String what, String scope, String name, String attribute) {
    assertThat(isSent(scope, name, attribute)).as(what).isFalse();
  }
}
