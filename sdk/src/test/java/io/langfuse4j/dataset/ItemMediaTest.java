package io.langfuse4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.Langfuse;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import io.langfuse4j.testing.MediaStorage;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files in the items of datasets, over real HTTP. */
class ItemMediaTest {

  private static final LangfuseMedia SEA = media("sea");
  private static final LangfuseMedia HILL = media("hill");

  private final OtlpSink sink = new OtlpSink();
  private final MediaStorage storage = new MediaStorage(sink);
  private final Langfuse langfuse = client(true);

  record Scene(String title, LangfuseMediaReference picture) {}

  record Question(String text, LangfuseMedia picture) {}

  private static LangfuseMedia media(String content) {
    return LangfuseMedia.of(content.getBytes(StandardCharsets.UTF_8), "image/png");
  }

  private Langfuse client(boolean uploads) {
    return Langfuse.builder()
        .publicKey("pk")
        .secretKey("sk")
        .baseUrl(sink.url())
        .timeout(Duration.ofSeconds(2))
        .mediaUploadEnabled(uploads)
        .shutdownHook(false)
        .build();
  }

  @AfterEach
  void close() {
    langfuse.close(Duration.ofMillis(200));
    sink.close();
  }

  private OtlpSink.Answer answer(OtlpSink.Request request, String item) {
    String body =
        request.path().startsWith("/api/public/v2/datasets/")
            ? "{\"id\":\"d-1\",\"name\":\"scenes\"}"
            : request.path().startsWith("/api/public/dataset-items") ? item : null;
    return body == null
        ? storage.apply(request)
        : new OtlpSink.Answer(
            200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  private void stores(String item) {
    sink.answeringRequests(request -> answer(request, item));
  }

  private List<String> lines() {
    return sink.requests().stream()
        .map(request -> request.method() + " " + request.path().replaceAll("[?].*", ""))
        .toList();
  }

  private JsonNode created() throws IOException {
    return new ObjectMapper()
        .readTree(
            sink.requests().stream()
                .filter(request -> request.path().equals("/api/public/dataset-items"))
                .findFirst()
                .orElseThrow()
                .body());
  }

  @Test
  void files_areUploadedOnceEachBeforeTheItemIsCreated() throws Exception {
    stores("{\"id\":\"i-1\"}");
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("pictures", List.of(SEA, SEA));
    input.put("record", new Question("Where?", HILL));
    Map<String, Object> before = Map.copyOf(input);

    langfuse
        .datasets()
        .addItem(
            "scenes",
            DatasetItem.of(input, SEA).withId("i-1").withMetadata(Map.of("set", Set.of(HILL))));

    assertThat(lines())
        .containsExactly(
            "GET /api/public/v2/datasets/scenes",
            "POST /api/public/media",
            "PUT /storage/" + SEA.mediaId(),
            "PATCH /api/public/media/" + SEA.mediaId(),
            "POST /api/public/media",
            "PUT /storage/" + HILL.mediaId(),
            "PATCH /api/public/media/" + HILL.mediaId(),
            "POST /api/public/dataset-items");
    assertThat(storage.announced())
        .allSatisfy(
            announced -> {
              assertThat(announced.get("datasetId").asText()).isEqualTo("d-1");
              assertThat(announced.get("datasetItemId").asText()).isEqualTo("i-1");
              assertThat(announced.get("field").asText()).isEqualTo("input");
              assertThat(announced.has("traceId")).isFalse();
            });
    JsonNode item = created();
    assertThat(item.at("/input/pictures/0").asText()).isEqualTo(SEA.toString());
    assertThat(item.at("/input/pictures/1").asText()).isEqualTo(SEA.toString());
    assertThat(item.at("/input/record/picture").asText()).isEqualTo(HILL.toString());
    assertThat(item.at("/expectedOutput").asText()).isEqualTo(SEA.toString());
    assertThat(item.at("/metadata/set/0").asText()).isEqualTo(HILL.toString());
    assertThat(input).as("what was given").isEqualTo(before);
  }

  @Test
  void withoutFiles_theDatasetIsNotLookedUp_andDataUrisStayAsTheyAre() throws Exception {
    stores("{\"id\":\"i-1\"}");

    langfuse.datasets().addItem("scenes", DatasetItem.of("data:image/png;base64,c2Vh", "x"));

    assertThat(lines()).containsExactly("POST /api/public/dataset-items");
    assertThat(created().get("input").asText()).isEqualTo("data:image/png;base64,c2Vh");
  }

  @Test
  void fileWithoutContent_isRefusedBeforeAnythingIsSent() {
    DatasetItem<Object, Object> item =
        DatasetItem.of(List.of(LangfuseMedia.of(new byte[0], "image/png")));

    assertThatThrownBy(() -> langfuse.datasets().addItem("scenes", item))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a file of the type image/png has no content");
    assertThat(lines()).isEmpty();
  }

  @Test
  void uploadThatFails_throwsAndCreatesNothing() {
    stores("{\"id\":\"i-1\"}");
    storage.answeringPuts(put -> 403);

    assertThatThrownBy(
            () -> langfuse.datasets().addItem("scenes", DatasetItem.of(Map.of("picture", SEA))))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("HTTP 403");
    assertThat(lines()).doesNotContain("POST /api/public/dataset-items");
    assertThat(storage.reports()).hasSize(1);
    assertThat(storage.reports().get(0).get("uploadHttpStatus").asInt()).isEqualTo(403);
  }

  @Test
  void storageThatIsAwayForAMoment_isTriedAgain() {
    stores("{\"id\":\"i-1\"}");
    storage.answeringPuts(put -> put == 1 ? 503 : 200);

    langfuse.datasets().addItem("scenes", DatasetItem.of(Map.of("picture", SEA)));

    assertThat(storage.puts()).hasSize(2);
    assertThat(storage.stored()).containsKey(SEA.mediaId());
  }

  @Test
  void uploadsSwitchedOff_refuseItemsWithFiles() {
    stores("{\"id\":\"i-1\"}");
    Langfuse without = client(false);

    assertThatThrownBy(
            () -> without.datasets().addItem("scenes", DatasetItem.of(Map.of("picture", SEA))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LANGFUSE_MEDIA_UPLOAD_ENABLED");
    without.close(Duration.ofMillis(200));
  }

  private static String reference(String field, String path, String media) {
    return "{\"field\":\"%s\",\"jsonPath\":\"%s\",\"referenceString\":\"%s\",\"media\":%s}"
        .formatted(field, path, SEA, media);
  }

  private static String item(String references) {
    return "{\"id\":\"i-1\",\"input\":{\"title\":\"Sea\",\"picture\":\"%1$s\"},\"expectedOutput\":[1,\"%1$s\"],\"metadata\":{\"a b\":\"%1$s\"},\"mediaReferences\":[%2$s]}"
        .formatted(SEA, references);
  }

  @Test
  void item_hasReferencesWhereTheServerSaysSo_inTypesOfOnesOwnToo() {
    String known = "{\"mediaId\":\"x\"}";
    stores(
        item(
            String.join(
                ",",
                reference("input", "$['picture']", known),
                reference("expectedOutput", "$[1]", known),
                reference("metadata", "$['a b']", known))));

    DatasetItem<Object, Object> item = langfuse.datasets().item("i-1");

    LangfuseMediaReference sea = SEA.reference();
    assertThat(item.input()).isEqualTo(Map.of("title", "Sea", "picture", sea));
    assertThat(item.expectedOutput()).isEqualTo(List.of(1, sea));
    assertThat(item.metadata()).isEqualTo(Map.of("a b", sea));
    assertThat(item.as(Scene.class, List.class).input()).isEqualTo(new Scene("Sea", sea));
  }

  @Test
  void placesThatAreNotThere_stayTexts_andAreSaid() {
    try (RecordedLogs logs = new RecordedLogs()) {
      stores(
          item(
              String.join(
                  ",",
                  reference("input", "$['nowhere']", "{}"),
                  reference("expectedOutput", "$[1]", "null"),
                  reference("other", "$", "{}"))));

      DatasetItem<Object, Object> item = langfuse.datasets().item("i-1");

      assertThat(item.input()).isEqualTo(Map.of("title", "Sea", "picture", SEA.toString()));
      assertThat(item.expectedOutput()).isEqualTo(List.of(1, SEA.toString()));
      assertThat(logs.warnings()).singleElement().asString().contains("i-1", "there is no nowhere");
    }
  }

  @Test
  void referenceThatWasRead_goesBackAsItsText() throws Exception {
    stores(item(reference("input", "$['picture']", "{}")));
    DatasetItem<Object, Object> item = langfuse.datasets().item("i-1");
    sink.clear();

    langfuse.datasets().addItem("scenes", item);

    assertThat(lines()).containsExactly("POST /api/public/dataset-items");
    assertThat(created().at("/input/picture").asText()).isEqualTo(SEA.toString());
  }
}
