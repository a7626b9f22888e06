package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.CallContract;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Models that do not chat, over HTTP, however it goes. */
class ModelCallsTest {

  abstract static class ModelCalled extends CallContract {

    abstract void callWith(LangfuseLangChain4jBuilder wrapping, String url);

    @Override
    protected void call(Langfuse langfuse, String url) {
      callWith(LangfuseLangChain4j.builder(langfuse), url);
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return RateLimitException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return RuntimeException.class;
    }
  }

  @Nested
  @Integrates(library = "langchain4j", operation = "EmbeddingModel")
  class Embeddings extends ModelCalled {

    @Override
    void callWith(LangfuseLangChain4jBuilder wrapping, String url) {
      EmbeddingModel model =
          OpenAiEmbeddingModel.builder()
              .apiKey("sk-test")
              .baseUrl(url)
              .modelName("text-embedding-3-small")
              .maxRetries(0)
              .build();
      wrapping.wrap(model).embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          """
          {"object":"list","model":"text-embedding-3-small","data":[
            {"object":"embedding","index":0,"embedding":[0.5,0.25,0.125]},
            {"object":"embedding","index":1,"embedding":[0.5,0.25,0.125]}],
           "usage":{"prompt_tokens":7,"total_tokens":7}}\
          """);
    }

    @Override
    protected String observationName() {
      return "embed";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "embedding",
          "model.name", "text-embedding-3-small",
          "input", List.of("one", "two"),
          "output", Map.of("dimensions", 3, "count", 2),
          "usage_details", Map.of("input", 7, "total", 7));
    }
  }

  @Nested
  @Integrates(library = "langchain4j", operation = "ImageModel")
  class Images extends ModelCalled {

    @Override
    void callWith(LangfuseLangChain4jBuilder wrapping, String url) {
      ImageModel model =
          OpenAiImageModel.builder()
              .apiKey("sk-test")
              .baseUrl(url)
              .modelName("dall-e-3")
              .maxRetries(0)
              .build();
      wrapping.wrap(model).generate("a lamp");
    }

    @Override
    protected void answer() {
      provider.json(200, "{\"created\":1,\"data\":[{\"url\":\"https://images.test/1.png\"}]}");
    }

    @Override
    protected String observationName() {
      return "image";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "dall-e-3",
          "input", "a lamp",
          "output",
              Map.of("type", "image_url", "image_url", Map.of("url", "https://images.test/1.png")));
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return HttpException.class;
    }
  }

  @Nested
  @Integrates(library = "langchain4j", operation = "ModerationModel")
  class Moderations extends ModelCalled {

    @Override
    void callWith(LangfuseLangChain4jBuilder wrapping, String url) {
      ModerationModel model =
          OpenAiModerationModel.builder()
              .apiKey("sk-test")
              .baseUrl(url)
              .modelName("omni-moderation-latest")
              .maxRetries(0)
              .build();
      wrapping.wrap(model).moderate("rude");
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":true,"
              + "\"categories\":{\"violence\":true},\"category_scores\":{\"violence\":0.9}}]}");
    }

    @Override
    protected String observationName() {
      return "moderate";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "omni-moderation-latest",
          "input", "rude",
          "output", Map.of("flagged", true, "flagged_text", "rude"));
    }
  }

  /** The library's scoring models are of other providers; this one asks over HTTP too. */
  @Nested
  @Integrates(library = "langchain4j", operation = "ScoringModel")
  class Scores extends ModelCalled {

    @Override
    void callWith(LangfuseLangChain4jBuilder wrapping, String url) {
      ScoringModel model =
          (texts, query) ->
              Response.from(List.of(Double.valueOf(posted(url, query))), new TokenUsage(4, 0));
      wrapping.wrap(model).score("a text", "a question");
    }

    private String posted(String url, String query) {
      try {
        HttpResponse<String> response =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(query))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
          throw new RateLimitException(response.body());
        }
        return response.body();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected void answer() {
      provider.json(200, "0.5");
    }

    @Override
    protected String observationName() {
      return "score";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "input",
          List.of("a text", "a question"),
          "output",
          0.5,
          "usage_details",
          Map.of("input", 4, "output", 0, "total", 4));
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return UncheckedIOException.class;
    }
  }
}
