package io.langfuse4j.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the integrations support, operation by operation and way by way: what must be in the table
 * of what was tested. An operation that is added to an integration is added here, and then wants a
 * test.
 */
final class SupportedOperations {

  /** Library, operation and way in of each row. */
  static final List<List<String>> ALL =
      """
      openai-java; by hand; chat completions; chat completions, async; chat completions, streamed; \
      chat completions, streamed, async; responses; responses, async; responses, streamed; \
      responses, streamed, async; responses compact; completions; completions, streamed; \
      embeddings; images; images, streamed; \
      audio speech; audio transcriptions; audio transcriptions, streamed; audio translations; \
      moderations; files; batches
      openai-java; agent; chat completions
      openai-java; Spring; chat completions
      anthropic-java; by hand; messages; messages, async; messages, streamed; \
      messages, streamed, async
      anthropic-java; agent; messages
      anthropic-java; Spring; messages
      bedrockruntime; by hand; converse; converse, async; converseStream; invokeModel; \
      invokeModelWithResponseStream
      bedrockruntime; agent; converse
      bedrockruntime; Spring; converse
      google-genai; by hand; generateContent; generateContent, async; generateContentStream; \
      embedContent; embedContent, async; generateImages; generateImages, async
      google-genai; agent; generateContent
      google-genai; Spring; generateContent
      google-adk; plugin; Runner.runAsync
      google-adk; agent; Runner.runAsync
      langchain4j; by hand; ChatModel; StreamingChatModel; EmbeddingModel; ImageModel; \
      ScoringModel; ModerationModel
      langchain4j; listener; ChatModel
      langchain4j; no code; AiServices; tools; retrieval; guardrails
      langchain4j; listener; agents
      langchain4j; agent; AiServices
      spring-ai; observation handler; ChatModel; ChatClient, called and streamed; tools; \
      EmbeddingModel; ImageModel; VectorStore
      spring-ai; agent; ChatClient, called and streamed
      mcp-java; by hand; tools/call of a client; resources/read of a client; \
      prompts/get of a client; tools/call of a server
      """
          .lines()
          .flatMap(SupportedOperations::rows)
          .toList();

  private SupportedOperations() {}

  private static Stream<List<String>> rows(String line) {
    List<String> parts = Arrays.asList(line.split("; "));
    return parts.stream().skip(2).map(operation -> List.of(parts.get(0), operation, parts.get(1)));
  }
}
