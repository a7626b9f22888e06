package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that is neither chat nor responses. */
@Requirement({"R2", "R3", "R4", "R5"})
class OperationsTest extends TracedTest {

  private OpenAIClient client() {
    return LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(provider.url())));
  }

  @Test
  void embeddings_recordTextAndSizeAndNoVector() {
    provider.json(
        200,
        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
            + "\"embedding\":[0.1,0.2,0.3]},{\"object\":\"embedding\",\"index\":1,"
            + "\"embedding\":[0.4,0.5,0.6]}],\"model\":\"text-embedding-3-small\","
            + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");

    client()
        .embeddings()
        .create(
            EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("one", "two"))
                .dimensions(3)
                .build());

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-embedding");
    Map<?, ?> sent = (Map<?, ?>) provider.requests().get(0).json();
    sent.keySet().removeAll(List.of("model", "input"));
    Map<String, Object> fields = fields(span);
    assertThat(fields.remove("model.parameters")).isEqualTo(sent);
    assertThat(fields)
        .isEqualTo(
            Map.of(
                "type", "embedding",
                "model.name", "text-embedding-3-small",
                "input", List.of("one", "two"),
                "output", Map.of("dimensions", 3, "count", 2),
                "usage_details", Map.of("input", 8, "total", 8)));
  }

  private static String completion(String text, String finishReason, String usage) {
    return ("{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,"
            + "\"model\":\"gpt-3.5-turbo-instruct\",\"choices\":[{\"index\":0,\"text\":\"%s\","
            + "\"logprobs\":null,\"finish_reason\":%s}],\"usage\":%s}")
        .formatted(text, finishReason, usage);
  }

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

  private static final String COMPLETION_USAGE =
      "{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}";

  private static CompletionCreateParams completionParams() {
    return CompletionCreateParams.builder()
        .model("gpt-3.5-turbo-instruct")
        .prompt("Say hi")
        .maxTokens(5)
        .build();
  }

  @Test
  void completions_areGenerations() {
    provider.json(200, completion("Hi there", "\"stop\"", COMPLETION_USAGE));

    client().completions().create(completionParams());

    assertThat(fields(theSpan())).isEqualTo(COMPLETION);
  }

  @Test
  void streamedCompletions_areTheSame() {
    provider.events(
        List.of(
            "data: " + completion("Hi", "null", "null") + "\n\n",
            "data: " + completion(" there", "\"stop\"", COMPLETION_USAGE) + "\n\n",
            "data: [DONE]\n\n"));

    try (StreamResponse<Completion> stream =
        client().completions().createStreaming(completionParams())) {
      assertThat(stream.stream().count()).isEqualTo(2);
    }

    assertThat(fields(theSpan())).isEqualTo(COMPLETION);
  }

  @Test
  void images_areRecordedWithTheirUsage() {
    provider.json(
        200,
        "{\"created\":1,\"output_format\":\"webp\",\"data\":[{\"b64_json\":\"QUJD\"}],"
            + "\"usage\":{\"input_tokens\":50,\"output_tokens\":90,\"total_tokens\":140,"
            + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}");

    client()
        .images()
        .generate(ImageGenerateParams.builder().model("gpt-image-1").prompt("A cat").build());

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-image");
    assertThat(fields(span))
        .isEqualTo(
            Map.of(
                "type", "generation",
                "model.name", "gpt-image-1",
                "input", "A cat",
                "output", Map.of("image", "data:image/webp;base64,QUJD"),
                "usage_details",
                    Map.of("input", 10, "input_image_tokens", 40, "output", 90, "total", 140)));
  }

  @Test
  void speech_isReadAsItIsAndMeasured() throws Exception {
    byte[] sound = {1, 2, 3, 4};
    provider.bytes("audio/mpeg", sound);

    try (HttpResponse response =
        client()
            .audio()
            .speech()
            .create(
                SpeechCreateParams.builder()
                    .model("tts-1")
                    .voice("alloy")
                    .input("Good morning")
                    .build())) {
      assertThat(response.body().readAllBytes()).isEqualTo(sound);
    }

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-speech");
    assertThat(fields(span))
        .isEqualTo(
            Map.of(
                "type", "generation",
                "model.name", "tts-1",
                "model.parameters", Map.of("voice", "alloy"),
                "input", "Good morning",
                "output", Map.of("content_type", "audio/mpeg", "bytes", 4)));
  }

  @Test
  void transcription_namesTheFileAndRecordsTheText() {
    provider.json(
        200,
        "{\"text\":\"Good morning\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
            + "\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":10},"
            + "\"output_tokens\":5,\"total_tokens\":19}}");

    client()
        .audio()
        .transcriptions()
        .create(
            TranscriptionCreateParams.builder()
                .model("gpt-4o-transcribe")
                .file(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .language("en")
                .build());

    assertThat(provider.requests().get(0).body()).contains((byte) 1, (byte) 2, (byte) 3);
    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-transcription");
    Map<String, Object> fields = fields(span);
    assertThat(fields.remove("input").toString()).contains("<file");
    assertThat(fields)
        .isEqualTo(
            Map.of(
                "type", "generation",
                "model.name", "gpt-4o-transcribe",
                "model.parameters", Map.of("language", "en"),
                "output", "Good morning",
                "usage_details",
                    Map.of("input", 4, "input_audio_tokens", 10, "output", 5, "total", 19)));
  }

  private static final List<String> TRANSCRIPT =
      List.of(
          "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Good\"}\n\n",
          "data: {\"type\":\"transcript.text.delta\",\"delta\":\" morning\"}\n\n",
          "data: {\"type\":\"transcript.text.done\",\"text\":\"Good morning.\","
              + "\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":5,"
              + "\"total_tokens\":19}}\n\n");

  private static TranscriptionCreateParams sound() {
    return TranscriptionCreateParams.builder()
        .model("gpt-4o-transcribe")
        .file(new ByteArrayInputStream(new byte[] {1, 2, 3}))
        .build();
  }

  @Test
  void streamedTranscription_isTheWholeTextOfItsLastEvent() {
    provider.events(TRANSCRIPT);

    try (StreamResponse<TranscriptionStreamEvent> stream =
        client().audio().transcriptions().createStreaming(sound())) {
      assertThat(stream.stream().count()).isEqualTo(3);
    }

    RecordedSpan span = theSpan();
    assertThat(span.observation("output")).isEqualTo("Good morning.");
    assertThat(fields(span).get("usage_details"))
        .isEqualTo(Map.of("input", 14, "output", 5, "total", 19));
    assertThat(hasFirstToken(span)).isTrue();
  }

  @Test
  void streamedTranscriptionClosedEarly_keepsTheTextSoFar() {
    provider.stalled(TRANSCRIPT.subList(0, 2));

    try (StreamResponse<TranscriptionStreamEvent> stream =
        client().audio().transcriptions().createStreaming(sound())) {
      assertThat(stream.stream().limit(2).toList()).hasSize(2);
    }

    assertThat(theSpan().observation("output")).isEqualTo("Good morning");
  }

  @Test
  void editedImage_namesTheFileAndLeavesItToTheLibrary() {
    provider.json(200, "{\"created\":1,\"data\":[{\"url\":\"https://images.test/1.png\"}]}");

    client()
        .images()
        .edit(
            ImageEditParams.builder()
                .model("dall-e-2")
                .image(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .prompt("Add a hat")
                .build());

    assertThat(provider.requests().get(0).body()).contains((byte) 1, (byte) 2, (byte) 3);
    RecordedSpan span = theSpan();
    assertThat(fields(span).get("input").toString()).contains("prompt=Add a hat", "image=<file");
    assertThat(fields(span).get("output")).isEqualTo(Map.of("url", "https://images.test/1.png"));
  }

  @Test
  void moderation_recordsTheVerdict() {
    provider.json(
        200,
        "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":true,"
            + "\"categories\":{\"violence\":true},\"category_scores\":{\"violence\":0.9}}]}");

    client()
        .moderations()
        .create(ModerationCreateParams.builder().input("I will hurt you").build());

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-moderation");
    assertThat(span.observation("input")).isEqualTo("I will hurt you");
    assertThat(fields(span).get("output").toString()).contains("flagged=true");
    assertThat(span.observation("model.name")).isEqualTo("omni-moderation-latest");
  }

  @Test
  void files_arePlainSpansThatNameTheFile() {
    provider.json(
        200,
        "{\"id\":\"file-1\",\"object\":\"file\",\"bytes\":3,\"created_at\":1,"
            + "\"filename\":\"a.jsonl\",\"purpose\":\"batch\",\"status\":\"processed\"}");

    client()
        .files()
        .create(
            FileCreateParams.builder()
                .purpose(FilePurpose.BATCH)
                .file(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .build());

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-files.create");
    assertThat(span.type()).isEqualTo("span");
    assertThat(fields(span).get("input").toString()).contains("purpose=batch", "<file");
    assertThat(fields(span).get("output").toString()).contains("id=file-1");
    assertThat(span.observation("model.name")).isNull();
  }

  @Test
  @Requirement("R6")
  void batches_arePlainSpansAndFailLikeOthers() {
    provider.json(404, ChatWire.error("No such batch.", "invalid_request_error", "not_found"));

    Throwable thrown = catchThrowable(() -> client().batches().retrieve("batch_1"));

    assertThat(thrown).isExactlyInstanceOf(NotFoundException.class);
    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-batches.retrieve");
    assertThat(span.type()).isEqualTo("span");
    assertThat(span.statusMessage()).contains("No such batch.");
  }

  @Test
  void whatIsNotTraced_isPassedOn() {
    provider.json(
        200, "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1,\"owned_by\":\"openai\"}");

    assertThat(client().models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");

    assertThat(sent()).isEmpty();
  }
}
