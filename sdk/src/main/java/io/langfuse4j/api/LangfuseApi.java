package io.langfuse4j.api;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The public API of a Langfuse server. Groups are named as in the API reference:
 *
 * <pre>{@code
 * Trace trace = langfuse.api().traces().get(traceId);
 * langfuse.api().observations().list(q -> q.userId("ada").limit(100)).stream().forEach(this::look);
 * ApiObject any = langfuse.api().request("GET", "/api/public/models").query("limit", 5).send();
 * }</pre>
 *
 * <p>Unlike observations and scores these calls go to the server at once, wait for the answer and
 * throw {@link LangfuseApiException} where there is none or it is a refusal. Thread-safe.
 */
public final class LangfuseApi {

  static final String ROOT = "/api/public/";

  private final Transport transport;

  /** The API behind {@code transport}. {@code langfuse.api()} has one for its server. */
  public LangfuseApi(Transport transport) {
    this.transport = transport;
  }

  /**
   * Any request.
   *
   * @param path percent-encoded, for example {@code /api/public/models}
   */
  public ApiRequest request(String method, String path) {
    return new ApiRequest(transport, method, path);
  }

  /** Whether the server is up, and its version. */
  public ApiObject health() {
    return request("GET", ROOT + "health").send();
  }

  /** The project of the keys. */
  public Project project() {
    return request("GET", ROOT + "projects").send().objects("data").stream()
        .findFirst()
        .map(project -> new Project(project.fields()))
        .orElseThrow(() -> LangfuseApiException.notConnected("The keys are of no project."));
  }

  public Traces traces() {
    return new Traces(this);
  }

  public Observations observations() {
    return new Observations(this);
  }

  public Sessions sessions() {
    return new Sessions(this);
  }

  public Scores scores() {
    return new Scores(this);
  }

  public ScoreConfigs scoreConfigs() {
    return new ScoreConfigs(this);
  }

  /** As they are stored; {@code langfuse.prompts()} caches, compiles and falls back. */
  public Prompts prompts() {
    return new Prompts(this);
  }

  /** As they are stored; {@code langfuse.datasets()} gives them types. */
  public Datasets datasets() {
    return new Datasets(this);
  }

  public Media media() {
    return new Media(this);
  }

  public Models models() {
    return new Models(this);
  }

  public Comments comments() {
    return new Comments(this);
  }

  public AnnotationQueues annotationQueues() {
    return new AnnotationQueues(this);
  }

  public Metrics metrics() {
    return new Metrics(this);
  }

  <T> ApiList<T> list(
      String path, Function<ApiObject, T> type, @Nullable Consumer<? super Query> query) {
    return new ApiList<>(this, ROOT + path, false, type, query == null ? q -> {} : query);
  }

  <T> ApiList<T> listByCursor(
      String path, Function<ApiObject, T> type, Consumer<? super Query> query) {
    return new ApiList<>(this, ROOT + path, true, type, query);
  }

  ApiObject get(String path) {
    return request("GET", ROOT + path).send();
  }

  ApiObject post(String path, Object body) {
    return request("POST", ROOT + path).body(body).send();
  }

  ApiObject patch(String path, Object body) {
    return request("PATCH", ROOT + path).body(body).send();
  }

  void delete(String path) {
    request("DELETE", ROOT + path).send();
  }

  /** {@code GET|DELETE /traces}. */
  public static final class Traces {

    private final LangfuseApi api;

    private Traces(LangfuseApi api) {
      this.api = api;
    }

    /** With its observations and scores. */
    public Trace get(String id) {
      return new Trace(api.get("traces/" + ApiRequest.encoded(id)).fields());
    }

    /** Newest first unless {@link Query#orderBy} says otherwise. */
    public ApiList<Trace> list(Consumer<? super Query> query) {
      return api.list("traces", object -> new Trace(object.fields()), query);
    }

    /** Done by the server in its own time. */
    public void delete(String id) {
      api.delete("traces/" + ApiRequest.encoded(id));
    }
  }

  /** {@code GET /observations}, in both of its versions. */
  public static final class Observations {

    private final LangfuseApi api;

    private Observations(LangfuseApi api) {
      this.api = api;
    }

    public Observation get(String id) {
      return new Observation(api.get("observations/" + ApiRequest.encoded(id)).fields());
    }

    /** The first version: pages, complete rows, served by every Langfuse. */
    public ApiList<Observation> list(Consumer<? super Query> query) {
      return api.list("observations", object -> new Observation(object.fields()), query);
    }

    /** The second version: by cursor, with the groups of fields that are asked for. */
    public ApiList<Observation> listV2(Consumer<? super Query> query) {
      return api.listByCursor("v2/observations", object -> new Observation(object.fields()), query);
    }
  }

  /** {@code GET /sessions}. */
  public static final class Sessions {

    private final LangfuseApi api;

    private Sessions(LangfuseApi api) {
      this.api = api;
    }

    /** With its traces. */
    public Session get(String id) {
      return new Session(api.get("sessions/" + ApiRequest.encoded(id)).fields());
    }

    public ApiList<Session> list(Consumer<? super Query> query) {
      return api.list("sessions", object -> new Session(object.fields()), query);
    }
  }

  /** {@code /scores}: reading, and writing at once rather than in the background. */
  public static final class Scores {

    private final LangfuseApi api;

    private Scores(LangfuseApi api) {
      this.api = api;
    }

    /** Of a trace, an observation, a session or a dataset run. */
    public ScoreDetails get(String id) {
      return new ScoreDetails(api.get("v2/scores/" + ApiRequest.encoded(id)).fields());
    }

    public ApiList<ScoreDetails> list(Consumer<? super Query> query) {
      return api.list("v2/scores", object -> new ScoreDetails(object.fields()), query);
    }

    /** The third version: by cursor; scores of runs are those of experiments there. */
    public ApiList<ScoreDetails> listV3(Consumer<? super Query> query) {
      return api.listByCursor("v3/scores", object -> new ScoreDetails(object.fields()), query);
    }

    /**
     * Stores a score before it returns. {@code langfuse.score(...)} queues it instead.
     *
     * @param score {@code name}, {@code value} and a target, by the names of the API
     * @return the id
     */
    public String create(Map<String, ? extends @Nullable Object> score) {
      return api.post("scores", score).needed("id");
    }

    /** Done by the server in its own time. */
    public void delete(String id) {
      api.delete("scores/" + ApiRequest.encoded(id));
    }
  }

  /** {@code /score-configs}. */
  public static final class ScoreConfigs {

    private final LangfuseApi api;

    private ScoreConfigs(LangfuseApi api) {
      this.api = api;
    }

    public ScoreConfig get(String id) {
      return new ScoreConfig(api.get("score-configs/" + ApiRequest.encoded(id)).fields());
    }

    public ApiList<ScoreConfig> list(Consumer<? super Query> query) {
      return api.list("score-configs", object -> new ScoreConfig(object.fields()), query);
    }

    public ScoreConfig create(Map<String, ? extends @Nullable Object> config) {
      return new ScoreConfig(api.post("score-configs", config).fields());
    }

    public ScoreConfig update(String id, Map<String, ? extends @Nullable Object> changes) {
      return new ScoreConfig(
          api.patch("score-configs/" + ApiRequest.encoded(id), changes).fields());
    }
  }

  /** {@code /v2/prompts}. */
  public static final class Prompts {

    private final LangfuseApi api;

    private Prompts(LangfuseApi api) {
      this.api = api;
    }

    /**
     * One version, with the prompts that it includes filled in.
     *
     * @param request receives {@code version} or {@code label}; without either the server takes the
     *     label production
     */
    public PromptVersion get(String name, Consumer<? super ApiRequest> request) {
      ApiRequest get = api.request("GET", path(name));
      request.accept(get);
      return new PromptVersion(get.send().fields());
    }

    public ApiList<PromptSummary> list(Consumer<? super Query> query) {
      return api.list("v2/prompts", object -> new PromptSummary(object.fields()), query);
    }

    /** Stores a new version. */
    public PromptVersion create(Map<String, ? extends @Nullable Object> prompt) {
      return new PromptVersion(api.post("v2/prompts", prompt).fields());
    }

    /** Adds labels to a version, and takes them from the others. */
    public PromptVersion updateLabels(String name, int version, Iterable<String> newLabels) {
      return new PromptVersion(
          api.patch(
                  "v2/prompts/" + ApiRequest.encoded(name) + "/versions/" + version,
                  Map.of("newLabels", newLabels))
              .fields());
    }

    /**
     * Deletes versions.
     *
     * @param version null for any
     * @param label null for any
     */
    public void delete(String name, @Nullable Integer version, @Nullable String label) {
      api.request("DELETE", path(name)).query("version", version).query("label", label).send();
    }

    private static String path(String name) {
      return ROOT + "v2/prompts/" + ApiRequest.encoded(name);
    }
  }

  /** {@code /v2/datasets}, {@code /dataset-items}, {@code /dataset-run-items} and runs. */
  public static final class Datasets {

    private final LangfuseApi api;

    private Datasets(LangfuseApi api) {
      this.api = api;
    }

    public DatasetDetails get(String name) {
      return new DatasetDetails(api.get("v2/datasets/" + ApiRequest.encoded(name)).fields());
    }

    public ApiList<DatasetDetails> list(Consumer<? super Query> query) {
      return api.list("v2/datasets", object -> new DatasetDetails(object.fields()), query);
    }

    /** Creates the dataset of that name, or changes it. */
    public DatasetDetails create(Map<String, ? extends @Nullable Object> dataset) {
      return new DatasetDetails(api.post("v2/datasets", dataset).fields());
    }

    public DatasetItemDetails item(String id) {
      return new DatasetItemDetails(api.get("dataset-items/" + ApiRequest.encoded(id)).fields());
    }

    /** Of the dataset that {@code datasetName} names; {@code version} is a moment. */
    public ApiList<DatasetItemDetails> items(Consumer<? super Query> query) {
      return api.list("dataset-items", object -> new DatasetItemDetails(object.fields()), query);
    }

    /** Creates the item of that id, or changes it. */
    public DatasetItemDetails createItem(Map<String, ? extends @Nullable Object> item) {
      return new DatasetItemDetails(api.post("dataset-items", item).fields());
    }

    public void deleteItem(String id) {
      api.delete("dataset-items/" + ApiRequest.encoded(id));
    }

    /** With its items. */
    public DatasetRun run(String datasetName, String runName) {
      return new DatasetRun(api.get(runPath(datasetName, runName)).fields());
    }

    /** Newest first. */
    public ApiList<DatasetRun> runs(String datasetName, Consumer<? super Query> query) {
      return api.list(
          "datasets/" + ApiRequest.encoded(datasetName) + "/runs",
          object -> new DatasetRun(object.fields()),
          query);
    }

    public void deleteRun(String datasetName, String runName) {
      api.delete(runPath(datasetName, runName));
    }

    private static String runPath(String datasetName, String runName) {
      return "datasets/" + ApiRequest.encoded(datasetName) + "/runs/" + ApiRequest.encoded(runName);
    }

    /** Links a trace to an item in a run, which is created if there is none of that name. */
    public DatasetRunItem createRunItem(Map<String, ? extends @Nullable Object> runItem) {
      return new DatasetRunItem(api.post("dataset-run-items", runItem).fields());
    }

    /** Of the run that {@code datasetId} and {@code runName} name, both needed. */
    public ApiList<DatasetRunItem> runItems(Consumer<? super Query> query) {
      return api.list("dataset-run-items", object -> new DatasetRunItem(object.fields()), query);
    }
  }

  /** {@code /media}. */
  public static final class Media {

    private final LangfuseApi api;

    private Media(LangfuseApi api) {
      this.api = api;
    }

    /** Where it can be read: {@code url}, {@code contentType}. */
    public ApiObject get(String id) {
      return api.get("media/" + ApiRequest.encoded(id));
    }

    /** Asks where to put the bytes: {@code mediaId}, {@code uploadUrl}. */
    public ApiObject create(Map<String, ? extends @Nullable Object> media) {
      return api.post("media", media);
    }

    /** Says how the upload went. */
    public void update(String id, Map<String, ? extends @Nullable Object> upload) {
      api.patch("media/" + ApiRequest.encoded(id), upload);
    }
  }

  /** {@code /models}: prices. */
  public static final class Models {

    private final LangfuseApi api;

    private Models(LangfuseApi api) {
      this.api = api;
    }

    public ApiObject get(String id) {
      return api.get("models/" + ApiRequest.encoded(id));
    }

    public ApiList<ApiObject> list(Consumer<? super Query> query) {
      return api.list("models", object -> object, query);
    }

    public ApiObject create(Map<String, ? extends @Nullable Object> model) {
      return api.post("models", model);
    }

    public void delete(String id) {
      api.delete("models/" + ApiRequest.encoded(id));
    }
  }

  /** {@code /comments}. */
  public static final class Comments {

    private final LangfuseApi api;

    private Comments(LangfuseApi api) {
      this.api = api;
    }

    public ApiObject get(String id) {
      return api.get("comments/" + ApiRequest.encoded(id));
    }

    public ApiList<ApiObject> list(Consumer<? super Query> query) {
      return api.list("comments", object -> object, query);
    }

    /** Returns the id. */
    public String create(Map<String, ? extends @Nullable Object> comment) {
      return api.post("comments", comment).needed("id");
    }
  }

  /** {@code /annotation-queues} and their items. */
  public static final class AnnotationQueues {

    private final LangfuseApi api;

    private AnnotationQueues(LangfuseApi api) {
      this.api = api;
    }

    public ApiObject get(String id) {
      return api.get(path(id));
    }

    public ApiList<ApiObject> list(Consumer<? super Query> query) {
      return api.list("annotation-queues", object -> object, query);
    }

    public ApiObject create(Map<String, ? extends @Nullable Object> queue) {
      return api.post("annotation-queues", queue);
    }

    public ApiList<ApiObject> items(String queueId, Consumer<? super Query> query) {
      return api.list(path(queueId) + "/items", object -> object, query);
    }

    public ApiObject createItem(String queueId, Map<String, ? extends @Nullable Object> item) {
      return api.post(path(queueId) + "/items", item);
    }

    /** For example {@code Map.of("status", "COMPLETED")}. */
    public ApiObject updateItem(
        String queueId, String itemId, Map<String, ? extends @Nullable Object> changes) {
      return api.patch(path(queueId) + "/items/" + ApiRequest.encoded(itemId), changes);
    }

    public void deleteItem(String queueId, String itemId) {
      api.delete(path(queueId) + "/items/" + ApiRequest.encoded(itemId));
    }

    private static String path(String id) {
      return "annotation-queues/" + ApiRequest.encoded(id);
    }
  }

  /** {@code /v2/metrics}. */
  public static final class Metrics {

    private final LangfuseApi api;

    private Metrics(LangfuseApi api) {
      this.api = api;
    }

    /**
     * Aggregates.
     *
     * @param query {@code view}, {@code metrics}, {@code dimensions} and so on, as the API
     *     reference describes
     * @return the rows, in {@code data}
     */
    public ApiObject query(Map<String, ? extends @Nullable Object> query) {
      return api.request("GET", ROOT + "v2/metrics").query("query", query).send();
    }
  }
}
