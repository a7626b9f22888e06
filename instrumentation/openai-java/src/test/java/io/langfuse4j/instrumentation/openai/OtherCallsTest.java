package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.AsyncCallContract;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedCallContract;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;

/** Every kind of call that is neither chat nor responses, blocking and asynchronous. */
class OtherCallsTest {

  /** Both ways are called through one wrapped client. */
  abstract static class OpenAICall extends AsyncCallContract {

    abstract void callWith(OpenAIClient client);

    abstract CompletableFuture<?> startWith(OpenAIClient client);

    private OpenAIClient wrapped(Langfuse langfuse, String url) {
      return LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(url)));
    }

    @Override
    protected void call(Langfuse langfuse, String url) {
      callWith(wrapped(langfuse, url));
    }

    @Override
    protected CompletableFuture<?> start(Langfuse langfuse, String url) {
      return startWith(wrapped(langfuse, url));
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return RateLimitException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return OpenAIIoException.class;
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "embeddings")
  class Embeddings extends OpenAICall {

    private final EmbeddingCreateParams params =
        EmbeddingCreateParams.builder()
            .model("text-embedding-3-small")
            .inputOfArrayOfStrings(List.of("one", "two"))
            .dimensions(3)
            // Newer versions ask for it by themselves.
            .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
            .build();

    @Override
    void callWith(OpenAIClient client) {
      client.embeddings().create(params);
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().embeddings().create(params);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
              + "\"embedding\":[0.1,0.2,0.3]},{\"object\":\"embedding\",\"index\":1,"
              + "\"embedding\":[0.4,0.5,0.6]}],\"model\":\"text-embedding-3-small\","
              + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-embedding";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "embedding",
          "model.name", "text-embedding-3-small",
          "model.parameters", Map.of("dimensions", 3, "encoding_format", "float"),
          "input", List.of("one", "two"),
          "output", Map.of("dimensions", 3, "count", 2),
          "usage_details", Map.of("input", 8, "total", 8));
    }
  }

  private static final CompletionCreateParams COMPLETION_PARAMS =
      CompletionCreateParams.builder()
          .model("gpt-3.5-turbo-instruct")
          .prompt("Say hi")
          .maxTokens(5)
          .build();

  private static final String COMPLETION_USAGE =
      "{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}";

  private static final Map<String, Object> COMPLETION =
      Map.of(
          "type", "generation",
          "model.name", "gpt-3.5-turbo-instruct",
          "model.parameters", Map.of("max_tokens", 5),
          "input", "Say hi",
          "output", "Hi there",
          "usage_details", Map.of("input", 2, "output", 2, "total", 4),
          "metadata.response_id", "cmpl-1",
          "metadata.finish_reason", "stop");

  private static String completion(String text, String finishReason, String usage) {
    return ("{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,"
            + "\"model\":\"gpt-3.5-turbo-instruct\",\"choices\":[{\"index\":0,\"text\":\"%s\","
            + "\"logprobs\":null,\"finish_reason\":%s}],\"usage\":%s}")
        .formatted(text, finishReason, usage);
  }

  @Nested
  @Integrates(library = "openai-java", operation = "completions")
  class Completions extends OpenAICall {

    @Override
    void callWith(OpenAIClient client) {
      client.completions().create(COMPLETION_PARAMS);
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().completions().create(COMPLETION_PARAMS);
    }

    @Override
    protected void answer() {
      provider.json(200, completion("Hi there", "\"stop\"", COMPLETION_USAGE));
    }

    @Override
    protected String observationName() {
      return "OpenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return COMPLETION;
    }
  }

  /** What is recorded of a picture, streamed or not. */
  static final Map<String, Object> CAT =
      Map.of(
          "type", "generation",
          "model.name", "gpt-image-1",
          "input", "A cat",
          "output", Map.of("image", "data:image/webp;base64,QUJD"),
          "usage_details",
              Map.of("input", 10, "input_image_tokens", 40, "output", 90, "total", 140));

  @Nested
  @Integrates(library = "openai-java", operation = "images")
  class Images extends OpenAICall {

    private final ImageGenerateParams params =
        ImageGenerateParams.builder().model("gpt-image-1").prompt("A cat").build();

    @Override
    void callWith(OpenAIClient client) {
      client.images().generate(params);
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().images().generate(params);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"created\":1,\"output_format\":\"webp\",\"data\":[{\"b64_json\":\"QUJD\"}],"
              + "\"usage\":{\"input_tokens\":50,\"output_tokens\":90,\"total_tokens\":140,"
              + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-image";
    }

    @Override
    protected Map<String, Object> answered() {
      return CAT;
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "audio speech")
  class Speech extends OpenAICall {

    private final byte[] sound = {1, 2, 3, 4};

    private final SpeechCreateParams params =
        SpeechCreateParams.builder().model("tts-1").voice("alloy").input("Good morning").build();

    @Override
    void callWith(OpenAIClient client) {
      try (HttpResponse response = client.audio().speech().create(params)) {
        read(response);
      }
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // whoever reads it closes it; older versions ask
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().audio().speech().create(params);
    }

    @Override
    protected void read(Object answer) {
      try (HttpResponse response = (HttpResponse) answer) {
        assertThat(response.body().readAllBytes()).isEqualTo(sound);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected void refuse() {
      assumeFalse(
          SpeechCreateParams.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .getPath()
              .contains("openai-java-core-2."),
          "version 2 hands the refusal over as if it were sound");
      super.refuse();
    }

    /** The sound comes in pieces. */
    @Override
    protected boolean streams() {
      return true;
    }

    @Override
    protected void answer() {
      provider.bytes("audio/mpeg", sound);
    }

    @Override
    protected String observationName() {
      return "OpenAI-speech";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "tts-1",
          "model.parameters", Map.of("voice", "alloy"),
          "input", "Good morning",
          "output", Map.of("content_type", "audio/mpeg", "bytes", 4));
    }
  }

  private static ByteArrayInputStream sound() {
    return new ByteArrayInputStream(new byte[] {1, 2, 3});
  }

  private static final String FILE = "<file>";

  @Nested
  @Integrates(library = "openai-java", operation = "audio transcriptions")
  class Transcriptions extends OpenAICall {

    private TranscriptionCreateParams params() {
      return TranscriptionCreateParams.builder()
          .model("gpt-4o-transcribe")
          .file(sound())
          .language("en")
          .build();
    }

    @Override
    void callWith(OpenAIClient client) {
      client.audio().transcriptions().create(params());
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().audio().transcriptions().create(params());
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"text\":\"Good morning\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
              + "\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":10},"
              + "\"output_tokens\":5,\"total_tokens\":19}}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-transcription";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "gpt-4o-transcribe",
          "model.parameters",
          Map.of("language", "en"),
          "input",
          Map.of("file", FILE),
          "output",
          "Good morning",
          "usage_details",
          Map.of("input", 4, "input_audio_tokens", 10, "output", 5, "total", 19));
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "audio translations")
  class Translations extends OpenAICall {

    private TranslationCreateParams params() {
      return TranslationCreateParams.builder().model("whisper-1").file(sound()).build();
    }

    @Override
    void callWith(OpenAIClient client) {
      client.audio().translations().create(params());
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().audio().translations().create(params());
    }

    @Override
    protected void answer() {
      provider.json(200, "{\"text\":\"Good morning\"}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-translation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "whisper-1",
          "input", Map.of("file", FILE),
          "output", "Good morning");
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "moderations")
  class Moderations extends OpenAICall {

    private static final String VERDICT =
        "{\"flagged\":true,\"categories\":{\"violence\":true},"
            + "\"category_scores\":{\"violence\":0.9}}";

    private final ModerationCreateParams params =
        ModerationCreateParams.builder().input("I will hurt you").build();

    @Override
    void callWith(OpenAIClient client) {
      client.moderations().create(params);
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().moderations().create(params);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[" + VERDICT + "]}");
    }

    @Override
    protected String observationName() {
      return "OpenAI-moderation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "omni-moderation-latest",
          "input", "I will hurt you",
          "output", StubProvider.parsed(VERDICT),
          "metadata.response_id", "modr-1");
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "files")
  class Files extends OpenAICall {

    private static final String UPLOADED =
        "{\"id\":\"file-1\",\"object\":\"file\",\"bytes\":3,\"created_at\":1,"
            + "\"filename\":\"a.jsonl\",\"purpose\":\"batch\",\"status\":\"processed\"}";

    private FileCreateParams params() {
      return FileCreateParams.builder().purpose(FilePurpose.BATCH).file(sound()).build();
    }

    @Override
    void callWith(OpenAIClient client) {
      client.files().create(params());
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().files().create(params());
    }

    @Override
    protected void answer() {
      provider.json(200, UPLOADED);
    }

    @Override
    protected String observationName() {
      return "OpenAI-files.create";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "span",
          "input", Map.of("purpose", "batch", "file", FILE),
          "output", StubProvider.parsed(UPLOADED));
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "batches")
  class Batches extends OpenAICall {

    private static final String BATCH =
        "{\"id\":\"batch_1\",\"object\":\"batch\",\"endpoint\":\"/v1/responses\","
            + "\"input_file_id\":\"file-1\",\"completion_window\":\"24h\","
            + "\"status\":\"in_progress\",\"created_at\":1}";

    @Override
    void callWith(OpenAIClient client) {
      client.batches().retrieve("batch_1");
    }

    @Override
    CompletableFuture<?> startWith(OpenAIClient client) {
      return client.async().batches().retrieve("batch_1");
    }

    @Override
    protected void answer() {
      provider.json(200, BATCH);
    }

    @Override
    protected String observationName() {
      return "OpenAI-batches.retrieve";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of("type", "span", "output", StubProvider.parsed(BATCH));
    }
  }

  /** Streams that are read on the caller's thread. */
  @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
  abstract static class OpenAIStream extends StreamedCallContract {

    abstract StreamResponse<?> open(OpenAIClient client);

    abstract List<String> events();

    private StreamResponse<?> opened(Langfuse langfuse, String url) {
      return open(LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(url))));
    }

    @Override
    protected void answer() {
      provider.events(events());
    }

    @Override
    protected void cut() {
      provider.cut(events().subList(0, 1));
    }

    @Override
    protected void stall() {
      provider.stalled(events().subList(0, 1));
    }

    @Override
    protected void call(Langfuse langfuse, String url) {
      try (StreamResponse<?> stream = opened(langfuse, url)) {
        stream.stream().forEach(event -> {});
      }
    }

    @Override
    protected void readAndClose(Langfuse langfuse) {
      try (StreamResponse<?> stream = opened(langfuse, provider.url())) {
        assertThat(stream.stream().limit(1).toList()).hasSize(1);
      }
    }

    @Override
    protected void readAndForget(Langfuse langfuse) {
      opened(langfuse, provider.url()).stream().iterator().next();
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return RateLimitException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return OpenAIIoException.class;
    }

    @Override
    protected Class<? extends Throwable> cutException() {
      return OpenAIIoException.class;
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "completions, streamed")
  class StreamedCompletions extends OpenAIStream {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
    StreamResponse<Completion> open(OpenAIClient client) {
      return client.completions().createStreaming(COMPLETION_PARAMS);
    }

    @Override
    List<String> events() {
      return List.of(
          "data: " + completion("Hi", "null", "null") + "\n\n",
          "data: " + completion(" there", "\"stop\"", COMPLETION_USAGE) + "\n\n",
          "data: [DONE]\n\n");
    }

    @Override
    protected Object firstPiece() {
      return "Hi";
    }

    @Override
    protected String observationName() {
      return "OpenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return COMPLETION;
    }
  }

  @Nested
  @Integrates(library = "openai-java", operation = "audio transcriptions, streamed")
  class StreamedTranscriptions extends OpenAIStream {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
    StreamResponse<?> open(OpenAIClient client) {
      return client
          .audio()
          .transcriptions()
          .createStreaming(
              TranscriptionCreateParams.builder().model("gpt-4o-transcribe").file(sound()).build());
    }

    @Override
    List<String> events() {
      return List.of(
          "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Good\"}\n\n",
          "data: {\"type\":\"transcript.text.delta\",\"delta\":\" morning\"}\n\n",
          "data: {\"type\":\"transcript.text.done\",\"text\":\"Good morning.\","
              + "\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":5,"
              + "\"total_tokens\":19}}\n\n");
    }

    @Override
    protected Object firstPiece() {
      return "Good";
    }

    @Override
    protected String observationName() {
      return "OpenAI-transcription";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type", "generation",
          "model.name", "gpt-4o-transcribe",
          "input", Map.of("file", FILE),
          "output", "Good morning.",
          "usage_details", Map.of("input", 14, "output", 5, "total", 19));
    }
  }
}
