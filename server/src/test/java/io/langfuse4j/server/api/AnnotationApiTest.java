package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.lenient;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationApiTest {
  private static final String COMMENTS = "/api/public/comments";
  private static final String QUEUES = "/api/public/annotation-queues";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    server.ingest(OtlpRequest.root(1, 11, "run").attribute("langfuse.session.id", "s"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String comment(String type, String id) {
    return "{'projectId':'local','objectType':'%s','objectId':'%s','content':'Look','authorUserId':'ada'}"
        .formatted(type, id);
  }

  @Test
  void comment_isAddedToWhatExists() {
    String prompt =
        server
            .send(201, "POST", "/api/public/v2/prompts", "{'name':'p','prompt':'x'}")
            .get("id")
            .asText();
    for (String body :
        new String[] {
          comment("OBSERVATION", spanId(11)), comment("SESSION", "s"), comment("PROMPT", prompt)
        }) {
      server.send(200, "POST", COMMENTS, body);
    }
    String id = server.send(200, "POST", COMMENTS, comment("TRACE", traceId(1))).get("id").asText();

    JsonNode read = server.json(COMMENTS + "/" + id);
    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'id':'%s','projectId':'local','objectType':'TRACE','objectId':'%s','content':'Look','authorUserId':'ada'}"
                    .formatted(id, traceId(1)));
    expected.set("createdAt", read.get("createdAt"));
    expected.set("updatedAt", read.get("updatedAt"));
    assertThat(read).isEqualTo(expected);
    assertThat(server.json(COMMENTS).at("/meta/totalItems").asInt()).isEqualTo(4);
    assertThat(server.json(COMMENTS + "?objectType=TRACE&objectId=" + traceId(1)).get("data"))
        .containsExactly(read);
    assertThat(server.json(COMMENTS + "?authorUserId=bob").get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE,none,404",
    "OBSERVATION,none,404",
    "SESSION,none,404",
    "PROMPT,none,404",
    "APPLE,x,400"
  })
  void comment_onNothing_isRefused(String type, String id, int status) {
    assertThat(server.send("POST", COMMENTS, comment(type, id)).statusCode()).isEqualTo(status);
    assertThat(server.get(COMMENTS + "/none").statusCode()).isEqualTo(404);
    assertThat(server.get(COMMENTS + "?objectId=x").statusCode()).isEqualTo(400);
  }

  @Test
  void queue_isWorkedThrough() {
    String config =
        server
            .send(200, "POST", "/api/public/score-configs", "{'name':'q','dataType':'NUMERIC'}")
            .get("id")
            .asText();
    JsonNode queue =
        server.send(
            200,
            "POST",
            QUEUES,
            "{'name':'review','description':'d','scoreConfigIds':['" + config + "']}");
    String items = QUEUES + "/" + queue.get("id").asText() + "/items";
    assertThat(server.json(QUEUES).get("data")).containsExactly(queue);
    assertThat(queue.get("scoreConfigIds")).isEqualTo(lenient("['" + config + "']"));

    JsonNode item =
        server.send(200, "POST", items, "{'objectId':'" + traceId(1) + "','objectType':'TRACE'}");
    assertThat(item.get("status").asText()).isEqualTo("PENDING");
    assertThat(item.get("completedAt").isNull()).isTrue();
    String path = items + "/" + item.get("id").asText();
    assertThat(server.json(path)).isEqualTo(item);
    JsonNode done = server.send(200, "PATCH", path, "{'status':'COMPLETED'}");
    assertThat(done.get("completedAt").isNull()).isFalse();
    assertThat(server.json(items + "?status=PENDING").get("data")).isEmpty();
    assertThat(server.json(items + "?status=COMPLETED").get("data")).containsExactly(done);
    assertThat(server.send(200, "DELETE", path, "").get("success").asBoolean()).isTrue();
    assertThat(server.get(path).statusCode()).isEqualTo(404);

    HttpResponse<String> taken =
        server.send("POST", QUEUES, "{'name':'review','scoreConfigIds':['" + config + "']}");
    assertThat(taken.statusCode()).isEqualTo(400);
    assertThat(server.send("POST", QUEUES, "{'name':'x','scoreConfigIds':['none']}").statusCode())
        .isEqualTo(400);
    assertThat(server.get(QUEUES + "/none/items").statusCode()).isEqualTo(404);
  }
}
