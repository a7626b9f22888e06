package io.langfuse4j.server.api;

import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsApiTest {
  private static final String PROMPTS = "/api/public/v2/prompts";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode create(String json) {
    return server.send(201, "POST", PROMPTS, json);
  }

  private JsonNode get(String name, String query) {
    return server.json(PROMPTS + "/" + encode(name).replace("+", "%20") + query);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void create_text_answersTheWholeVersion() {
    JsonNode created =
        create(
            "{'name':'greeting','prompt':'Hello {{name}}','labels':['production'],"
                + "'tags':['a','b','a'],'config':{'temperature':0.5},'commitMessage':'first'}");

    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'projectId':'local','createdBy':'API','prompt':'Hello {{name}}',"
                    + "'name':'greeting','version':1,'type':'text','config':{'temperature':0.5},"
                    + "'tags':['a','b'],'labels':['production','latest'],'commitMessage':'first',"
                    + "'isActive':null}");
    for (String varying : List.of("id", "createdAt", "updatedAt")) {
      assertThat(created.path(varying).asText()).isNotEmpty();
      expected.set(varying, created.get(varying));
    }
    assertThat(created).isEqualTo(expected);

    expected.put("isActive", true).putNull("resolutionGraph");
    assertThat(get("greeting", "")).isEqualTo(expected);
    assertThat(get("greeting", "?version=1")).isEqualTo(expected);
    assertThat(get("greeting", "?label=latest")).isEqualTo(expected);
  }

  @Test
  void create_chatWithPlaceholder_keepsMessages() {
    String messages =
        "[{'role':'system','content':'Be brief'},{'type':'placeholder','name':'history'},"
            + "{'type':'chatmessage','role':'user','content':'{{question}}'}]";

    create("{'name':'chat','type':'chat','prompt':" + messages + ",'config':null}");

    JsonNode read = get("chat", "?label=latest");
    assertThat(read.get("prompt")).isEqualTo(lenient(messages));
    assertThat(read.get("config")).isEqualTo(lenient("{}"));
    assertThat(read.get("isActive").asBoolean()).isFalse();
  }

  @Test
  void create_nextVersion_movesLabelsAndSharesTags() {
    create("{'name':'p','prompt':'1','labels':['production','eu'],'tags':['old']}");
    create("{'name':'p','prompt':'2','labels':['production']}");
    create("{'name':'p','prompt':'3','tags':['new']}");

    assertThat(get("p", "?version=1").get("labels")).isEqualTo(lenient("['eu']"));
    assertThat(get("p", "?version=2").get("labels")).isEqualTo(lenient("['production']"));
    assertThat(get("p", "?version=3").get("labels")).isEqualTo(lenient("['latest']"));
    assertThat(get("p", "").get("version").asInt()).isEqualTo(2);
    for (int version = 1; version <= 3; version++) {
      assertThat(get("p", "?version=" + version).get("tags")).isEqualTo(lenient("['new']"));
    }
  }

  @Test
  void create_otherType_isRefused() {
    create("{'name':'p','prompt':'1'}");

    HttpResponse<String> refused =
        server.send("POST", PROMPTS, "{'name':'p','type':'chat','prompt':[]}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(parse(refused.body()))
        .isEqualTo(
            lenient(
                "{'message':'Previous versions have different prompt type. Create a new prompt"
                    + " with a different name.','error':'InvalidRequestError'}"));
    assertThat(get("p", "?label=latest").get("version").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "nonsense;expected object",
        "{'prompt':'x'};name",
        "{'name':'p'};expected string, received undefined",
        "{'name':'a|b','prompt':'x'};cannot contain",
        "{'name':'new','prompt':'x'};cannot be",
        "{'name':'<b>p</b>','prompt':'x'};HTML",
        "{'name':'p','prompt':'x','labels':['Upper']};lowercase",
        "{'name':'p','prompt':'x','labels':['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']};at most 36",
        "{'name':'p','prompt':'x','labels':'production'};expected array",
        "{'name':'p','prompt':'x','tags':[1]};expected string",
        "{'name':'p','prompt':'x','type':'image'};expected one of",
        "{'name':'p','type':'chat','prompt':'x'};expected array",
        "{'name':'p','type':'chat','prompt':[{'role':'user'}]};expected string",
        "{'name':'p','type':'chat','prompt':[{'type':'placeholder','name':'1'}]};Placeholder name",
        "{'name':'p','type':'chat','prompt':[{'type':'placeholder','name':'x'},{'role':'user','content':'{{x}}'}]};must be unique",
        "{'name':'p','prompt':'@@@langfusePrompt:name=none|label=production@@@'};Prompt dependency not found: none - label production"
      })
  void create_invalid_isRefusedWithAReason(String body, String reason) {
    HttpResponse<String> response = server.send("POST", PROMPTS, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"what? and why", "issue #7", "50% + more", "a?b#c&d=e"})
  void get_nameWithCharactersOfUrls_isFoundByItsEncodedName(String name) {
    create("{'name':'" + name + "','prompt':'x','labels':['production']}");

    assertThat(get(name, "?label=production").get("name").asText()).isEqualTo(name);
  }

  @Test
  void get_nameInFolders_isFoundByItsEncodedName() {
    create("{'name':'team/support/greeting & more','prompt':'x','labels':['production']}");

    assertThat(get("team/support/greeting & more", "").get("prompt").asText()).isEqualTo("x");
    assertThat(
            server.json(PROMPTS + "/team%2Fsupport%2Fgreeting%20%26%20more").get("version").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        ";404;{'message':'Prompt not found: ~p~ with label ~production~','error':'LangfuseNotFoundError'}",
        "?version=7;404;{'message':'Prompt not found: ~p~ with version 7','error':'LangfuseNotFoundError'}",
        "?label=eu;404;{'message':'Prompt not found: ~p~ with label ~eu~','error':'LangfuseNotFoundError'}",
        "?version=1&label=eu;400;{'message':'Cannot specify both version and label','error':'InvalidRequestError'}"
      })
  void get_unknown_isRefused(String query, int status, String body) {
    create("{'name':'p','prompt':'1'}");

    HttpResponse<String> response = server.get(PROMPTS + "/p" + (query == null ? "" : query));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(parse(response.body())).isEqualTo(lenient(body.replace("~", "\\u0027")));
  }

  @Test
  void get_composed_putsPromptsIntoOneAnother() {
    create("{'name':'tone','prompt':'Be $1 \\\\ kind.','labels':['production']}");
    create(
        "{'name':'rules','prompt':'Rules: @@@langfusePrompt:name=tone|label=production@@@',"
            + "'labels':['production']}");
    JsonNode root =
        create(
            "{'name':'agent','type':'chat','prompt':[{'role':'system','content':"
                + "'@@@langfusePrompt:name=rules|version=1@@@ Go.'}],'labels':['production']}");

    JsonNode resolved = get("agent", "");
    assertThat(resolved.at("/prompt/0/content").asText()).isEqualTo("Rules: Be $1 \\ kind. Go.");
    JsonNode rules = get("rules", "");
    JsonNode tone = get("tone", "");
    assertThat(resolved.get("resolutionGraph"))
        .isEqualTo(
            lenient(
                "{'root':{'name':'agent','version':1,'id':'%s'},'dependencies':{'%s':[{'name':'rules','version':1,'id':'%s'}],'%s':[{'name':'tone','version':1,'id':'%s'}]}}"
                    .formatted(
                        root.get("id").asText(),
                        root.get("id").asText(),
                        rules.get("id").asText(),
                        rules.get("id").asText(),
                        tone.get("id").asText())));

    JsonNode raw = get("agent", "?resolve=false");
    assertThat(raw.at("/prompt/0/content").asText())
        .isEqualTo("@@@langfusePrompt:name=rules|version=1@@@ Go.");
    assertThat(raw.get("resolutionGraph").isNull()).isTrue();
  }

  @Test
  void create_composedOfItselfOrTooDeeply_isRefused() {
    create("{'name':'a','prompt':'a','labels':['production']}");
    create("{'name':'b','prompt':'@@@langfusePrompt:name=a|label=production@@@'}");

    HttpResponse<String> circle =
        server.send(
            "POST", PROMPTS, "{'name':'a','prompt':'@@@langfusePrompt:name=b|label=latest@@@'}");
    assertThat(circle.statusCode()).isEqualTo(400);
    assertThat(circle.body()).contains("Circular dependency detected involving prompt 'a'");

    String inner = "b";
    for (String name : List.of("c", "d", "e")) {
      create(
          "{'name':'" + name + "','prompt':'@@@langfusePrompt:name=" + inner + "|version=1@@@'}");
      inner = name;
    }
    HttpResponse<String> deep =
        server.send(
            "POST", PROMPTS, "{'name':'f','prompt':'@@@langfusePrompt:name=e|version=1@@@'}");
    assertThat(deep.statusCode()).isEqualTo(400);
    assertThat(deep.body()).contains("Maximum nesting depth exceeded (5)");
  }

  @Test
  void label_isAddedAndTakenFromOthers() {
    create("{'name':'f/p','prompt':'1','labels':['production','eu']}");
    create("{'name':'f/p','prompt':'2'}");

    JsonNode labelled =
        server.send(
            200, "PATCH", PROMPTS + "/f%2Fp/versions/2", "{'newLabels':['production','us']}");

    assertThat(labelled.get("labels")).isEqualTo(lenient("['production','us','latest']"));
    assertThat(get("f/p", "?version=1").get("labels")).isEqualTo(lenient("['eu']"));
    assertThat(get("f/p", "").get("version").asInt()).isEqualTo(2);
    assertThat(
            server
                .send("PATCH", PROMPTS + "/f%2Fp/versions/2", "{'newLabels':['latest']}")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            server.send("PATCH", PROMPTS + "/f%2Fp/versions/9", "{'newLabels':['x']}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void list_showsNamesWithTheirVersions() {
    create("{'name':'b','prompt':'1','labels':['production'],'tags':['t'],'config':{'v':1}}");
    create("{'name':'b','prompt':'2','config':{'v':2}}");
    create("{'name':'a','prompt':'1'}");

    JsonNode page = server.json(PROMPTS);

    assertThat(page.at("/data/0/name").asText()).isEqualTo("a");
    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'name':'b','type':'text','versions':[1,2],'labels':['latest','production'],"
                    + "'tags':['t'],'lastConfig':{'v':2}}");
    expected.set("lastUpdatedAt", page.at("/data/1/lastUpdatedAt"));
    assertThat(page.at("/data/1")).isEqualTo(expected);
    JsonNode meta = lenient("{'page':1,'limit':10,'totalItems':2,'totalPages':1}");
    assertThat(page.get("meta")).isEqualTo(meta);
    assertThat(page.get("pagination")).isEqualTo(meta);

    assertThat(server.json(PROMPTS + "?name=a").at("/meta/totalItems").asInt()).isEqualTo(1);
    assertThat(server.json(PROMPTS + "?tag=t").at("/data/0/name").asText()).isEqualTo("b");
    assertThat(server.json(PROMPTS + "?label=production").at("/data/0/versions"))
        .isEqualTo(lenient("[1]"));
    assertThat(server.json(PROMPTS + "?limit=1&page=2").at("/data/0/name").asText()).isEqualTo("b");
    assertThat(
            server
                .json(PROMPTS + "?fromUpdatedAt=2100-01-01T00:00:00Z")
                .at("/meta/totalItems")
                .asInt())
        .isZero();
    assertThat(server.get(PROMPTS + "?limit=101").statusCode()).isEqualTo(400);
  }

  @Test
  void delete_oneVersionOneLabelOrAll() {
    for (int i = 1; i <= 4; i++) {
      create("{'name':'p','prompt':'" + i + "','labels':['l" + i + "']}");
    }

    server.send(204, "DELETE", PROMPTS + "/p?version=4", "");
    assertThat(get("p", "?label=latest").get("version").asInt()).isEqualTo(3);
    server.send(204, "DELETE", PROMPTS + "/p?label=l1", "");
    assertThat(texts(server.json(PROMPTS).at("/data/0/versions"))).containsExactly("2", "3");
    server.send(204, "DELETE", PROMPTS + "/p", "");
    assertThat(server.json(PROMPTS).get("data")).isEmpty();

    HttpResponse<String> gone = server.send("DELETE", PROMPTS + "/p", "");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(parse(gone.body()))
        .isEqualTo(lenient("{'message':'Prompt not found','error':'LangfuseNotFoundError'}"));
  }

  @Test
  void delete_whatAnotherPromptIsComposedOf_isRefused() {
    create("{'name':'part','prompt':'1','labels':['production']}");
    create("{'name':'whole','prompt':'@@@langfusePrompt:name=part|label=production@@@'}");

    HttpResponse<String> refused = server.send("DELETE", PROMPTS + "/part", "");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("whole v1 depends on part production");
    server.send(204, "DELETE", PROMPTS + "/whole", "");
    server.send(204, "DELETE", PROMPTS + "/part", "");
  }

  @Test
  void prompts_surviveARestart() {
    create("{'name':'p','prompt':'1','labels':['production']}");
    JsonNode before = get("p", "");
    server.close();
    server = TestServer.start(folder);

    assertThat(get("p", "")).isEqualTo(before);
  }

  @Test
  void olderForm_knowsAFlagInsteadOfALabel() {
    JsonNode created =
        server.send(
            201, "POST", "/api/public/prompts", "{'name':'p','prompt':'1','isActive':true}");

    assertThat(created.get("isActive").asBoolean()).isTrue();
    assertThat(created.get("labels")).isEqualTo(lenient("['production','latest']"));
    assertThat(server.json("/api/public/prompts?name=p").get("prompt").asText()).isEqualTo("1");
    assertThat(server.json("/api/public/prompts?name=p&version=1").get("isActive").asBoolean())
        .isTrue();
    HttpResponse<String> unknown = server.get("/api/public/prompts?name=q");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(parse(unknown.body()).get("message").asText()).isEqualTo("Prompt not found");
    assertThat(server.send("POST", "/api/public/prompts", "{'name':'p','prompt':'1'}").statusCode())
        .isEqualTo(400);
  }
}
