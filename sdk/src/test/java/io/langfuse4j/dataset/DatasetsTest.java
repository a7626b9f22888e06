package io.langfuse4j.dataset;

import static io.langfuse4j.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.api.ApiResponse;
import io.langfuse4j.testing.ScriptedServer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets, as requests and answers. */
class DatasetsTest {

  private final ScriptedServer server =
      new ScriptedServer(
          request ->
              request.path().startsWith("/api/public/dataset-items?")
                  ? page(request.path().contains("page=2") ? 2 : 1)
                  : json(200, Map.of("id", "d-1", "name", "capitals")));
  private final Datasets datasets = new Datasets(server.api(), upload -> {});

  private static ApiResponse page(int number) {
    List<Map<String, Object>> items =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "id",
                        "i-" + number + i,
                        "datasetId",
                        "d-1",
                        "input",
                        Map.of("country", "C" + number + i),
                        "expectedOutput",
                        "X" + i,
                        "metadata",
                        Map.of("k", 1),
                        "status",
                        "ACTIVE"))
            .toList();
    return json(200, Map.of("data", items, "meta", Map.of("page", number, "totalPages", 2)));
  }

  record Question(String country) {}

  @Test
  void get_readsAllPages() {
    Dataset<Object, Object> dataset = datasets.get("a/b c");

    assertThat(dataset.items())
        .extracting(DatasetItem::id)
        .containsExactly("i-10", "i-11", "i-20", "i-21");
    assertThat(dataset.name()).isEqualTo("capitals");
    assertThat(server.lines().get(0)).isEqualTo("GET /api/public/v2/datasets/a%2Fb%20c");
    assertThat(server.lines().get(1)).contains("datasetName=a%2Fb%20c&limit=100");
  }

  @Test
  void get_atAVersion_asksForIt() {
    Instant version = Instant.parse("2026-11-21T10:00:00Z");

    assertThat(datasets.get("capitals", version).version()).isEqualTo(version);
    assertThat(server.lines().get(1)).contains("version=2026-11-21T10%3A00%3A00Z");
  }

  @Test
  void items_areReadAsTheyAreNeeded() {
    assertThat(datasets.items("capitals", null).limit(2)).hasSize(2);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void as_givesRecords() {
    Dataset<Question, String> typed = datasets.get("capitals").as(Question.class, String.class);

    DatasetItem<Question, String> first = typed.items().get(0);
    assertThat(first.input()).isEqualTo(new Question("C10"));
    assertThat(first.expectedOutput()).isEqualTo("X0");
    assertThat(first.metadata()).isEqualTo(Map.of("k", 1));
    assertThat(first.isStored()).isTrue();
  }

  @Test
  void as_whatDoesNotFit_saysSo() {
    assertThatThrownBy(() -> datasets.get("capitals").as(Integer.class, String.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addItem_choosesAnId_andSendsEverything() {
    datasets.addItem(
        "capitals",
        DatasetItem.of(new Question("France"), "Paris")
            .withMetadata(Map.of("since", Instant.EPOCH))
            .withSource("t-1", "o-1"));

    Map<Object, Object> body = new HashMap<>((Map<?, ?>) server.requests().get(0).body());
    assertThat(body.remove("id").toString()).matches("[0-9a-f-]{36}");
    assertThat(body)
        .isEqualTo(
            Map.of(
                "datasetName", "capitals",
                "input", Map.of("country", "France"),
                "expectedOutput", "Paris",
                "metadata", Map.of("since", "1970-01-01T00:00:00Z"),
                "sourceTraceId", "t-1",
                "sourceObservationId", "o-1",
                "status", "ACTIVE"));
    assertThat(server.lines()).containsExactly("POST /api/public/dataset-items");
  }

  @Test
  void addItem_underAnId_archives() {
    datasets.addItem("capitals", DatasetItem.of("in").withId("mine").withArchived());

    assertThat(server.requests().get(0).body())
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("id", "mine")
        .containsEntry("status", "ARCHIVED")
        .containsEntry("expectedOutput", null);
  }

  @Test
  void create_sendsTheDraft() {
    datasets.create(
        "capitals",
        d ->
            d.description("x")
                .metadata(Map.of("a", 1))
                .inputSchema(Map.of("type", "object"))
                .expectedOutputSchema(Map.of("type", "string")));

    assertThat(server.requests().get(0).body())
        .isEqualTo(
            Map.of(
                "name", "capitals",
                "description", "x",
                "metadata", Map.of("a", 1),
                "inputSchema", Map.of("type", "object"),
                "expectedOutputSchema", Map.of("type", "string")));
  }

  @Test
  void create_ofANameAlone_sendsThat() {
    datasets.create("capitals");

    assertThat(server.requests().get(0).body()).isEqualTo(Map.of("name", "capitals"));
  }

  @Test
  void runs_areReadAndDeletedByEncodedNames() {
    datasets.run("a/b", "c d");
    datasets.deleteRun("a/b", "c d");

    assertThat(server.lines())
        .containsExactly(
            "GET /api/public/datasets/a%2Fb/runs/c%20d",
            "DELETE /api/public/datasets/a%2Fb/runs/c%20d");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void emptyName_isRefused(String name) {
    assertThatThrownBy(() -> datasets.get(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }
}
