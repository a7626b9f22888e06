package io.langfuse4j.instrumentation.genai;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GenerateImagesConfig;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.CallContract;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;

/** What does not generate text. */
class OtherCallsTest {

  /** One way of calling, which is blocking or asynchronous and waited for. */
  abstract static class GeminiCall extends CallContract {

    abstract void callWith(Client client);

    Client client(Langfuse langfuse, String url) {
      return GeminiChat.client(langfuse, url);
    }

    @Override
    protected void call(Langfuse langfuse, String url) throws Throwable {
      try {
        callWith(held(client(langfuse, url)));
      } catch (CompletionException e) {
        throw ModelCall.unwrapped(e);
      }
    }

    @Override
    protected void refuse() {
      provider.json(
          429, "{\"error\":{\"code\":429,\"message\":\"Slow down.\",\"status\":\"EXHAUSTED\"}}");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return ClientException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return GenAiIOException.class;
    }
  }

  abstract static class Embedding extends GeminiCall {

    static final String MODEL = "gemini-embedding-001";

    static final EmbedContentConfig CONFIG =
        EmbedContentConfig.builder().outputDimensionality(3).build();

    @Override
    protected void answer() {
      provider.json(200, "{\"embeddings\":[{\"values\":[0.1,0.2,0.3]}]}");
    }

    @Override
    protected String observationName() {
      return "GoogleGenAI-embedding";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "embedding",
          "model.name",
          MODEL,
          "model.parameters",
          Map.of("outputDimensionality", 3),
          "input",
          "Hello",
          "output",
          Map.of("dimensions", 3, "count", 1));
    }
  }

  @Nested
  @Integrates(library = "google-genai", operation = "embedContent")
  class EmbedContent extends Embedding {
    @Override
    void callWith(Client client) {
      client.models.embedContent(MODEL, "Hello", CONFIG);
    }
  }

  @Nested
  @Integrates(
      library = "google-genai",
      operation = "embedContent, async",
      without = {
        "CANCELLED: the library does not pass it on; the call ends with the answer",
        "ABANDONED: ends with the answer, whoever waits for it"
      })
  class EmbedContentAsync extends Embedding {
    @Override
    void callWith(Client client) {
      client.async.models.embedContent(MODEL, "Hello", CONFIG).join();
    }
  }

  abstract static class Images extends GeminiCall {

    static final String MODEL = "imagen-4.0-generate-001";

    static final GenerateImagesConfig CONFIG =
        GenerateImagesConfig.builder().numberOfImages(1).build();

    @Override
    Client client(Langfuse langfuse, String url) {
      return GeminiChat.vertexClient(langfuse, url);
    }

    @Override
    protected void answer() {
      provider.json(
          200, "{\"predictions\":[{\"bytesBase64Encoded\":\"QUJD\",\"mimeType\":\"image/png\"}]}");
    }

    @Override
    protected String observationName() {
      return "GoogleGenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", MODEL,
          "model.parameters", Map.of("sampleCount", 1),
          "input", "A cat",
          "output", "data:image/png;base64,QUJD");
    }
  }

  @Nested
  @Integrates(library = "google-genai", operation = "generateImages")
  class GenerateImages extends Images {
    @Override
    void callWith(Client client) {
      client.models.generateImages(MODEL, "A cat", CONFIG);
    }
  }

  @Nested
  @Integrates(
      library = "google-genai",
      operation = "generateImages, async",
      without = {
        "CANCELLED: the library does not pass it on; the call ends with the answer",
        "ABANDONED: ends with the answer, whoever waits for it"
      })
  class GenerateImagesAsync extends Images {
    @Override
    void callWith(Client client) {
      client.async.models.generateImages(MODEL, "A cat", CONFIG).join();
    }
  }
}
