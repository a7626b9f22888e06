package io.langfuse4j.dataset;

import io.langfuse4j.api.ApiList;
import io.langfuse4j.api.DatasetDetails;
import io.langfuse4j.api.DatasetItemDetails;
import io.langfuse4j.api.DatasetRun;
import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.internal.media.MediaUpload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of a project.
 *
 * <pre>{@code
 * langfuse.datasets().create("capitals", d -> d.description("Countries and their capitals"));
 * langfuse.datasets().addItem("capitals", DatasetItem.of("France", "Paris"));
 * Dataset<String, String> capitals =
 *     langfuse.datasets().get("capitals").as(String.class, String.class);
 * }</pre>
 *
 * <p>Every call waits for the server and throws {@link LangfuseApiException} where it refuses or
 * does not answer. Thread-safe.
 */
public final class Datasets {

  private static final int PAGE = 100;

  private final LangfuseApi api;
  private final Consumer<MediaUpload> uploads;

  /**
   * The datasets behind {@code api}; {@code langfuse.datasets()} has those of the client.
   *
   * @param uploads stores a file and returns when that is done, or throws
   */
  public Datasets(LangfuseApi api, Consumer<MediaUpload> uploads) {
    this.api = api;
    this.uploads = uploads;
  }

  /** What a dataset has besides its name. Received by a lambda; not thread-safe. */
  public static final class Draft {

    private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

    private Draft(String name) {
      body.put("name", name);
    }

    /** What it is about; null for nothing. */
    public Draft description(@Nullable String description) {
      body.put("description", description);
      return this;
    }

    /** Anything that has a JSON form. */
    public Draft metadata(Map<String, ? extends @Nullable Object> metadata) {
      body.put("metadata", metadata);
      return this;
    }

    /** A JSON schema that the server holds inputs against. */
    public Draft inputSchema(Map<String, ? extends @Nullable Object> schema) {
      body.put("inputSchema", schema);
      return this;
    }

    /** A JSON schema that the server holds expected outputs against. */
    public Draft expectedOutputSchema(Map<String, ? extends @Nullable Object> schema) {
      body.put("expectedOutputSchema", schema);
      return this;
    }
  }

  /** Creates a dataset with nothing but a name. */
  public DatasetDetails create(String name) {
    return create(name, draft -> {});
  }

  /** Creates a dataset, or changes the one of that name. */
  public DatasetDetails create(String name, Consumer<? super Draft> draft) {
    Draft created = new Draft(named(name));
    draft.accept(created);
    return api.datasets().create(created.body);
  }

  /** A dataset with all its items, of all pages. */
  public Dataset<@Nullable Object, @Nullable Object> get(String name) {
    return get(name, null);
  }

  /**
   * A dataset with the items that it had at a moment.
   *
   * @param version null for now
   */
  public Dataset<@Nullable Object, @Nullable Object> get(String name, @Nullable Instant version) {
    DatasetDetails details = api.datasets().get(named(name));
    return new Dataset<>(details, items(name, version).toList(), version);
  }

  /**
   * The items of a dataset, without archived ones, fetched page by page as they are needed: for one
   * that is too large for the memory.
   *
   * @param version null for now
   */
  public Stream<DatasetItem<@Nullable Object, @Nullable Object>> items(
      String name, @Nullable Instant version) {
    return api
        .datasets()
        .items(q -> q.with("datasetName", named(name)).limit(PAGE).with("version", version))
        .stream()
        .map(DatasetItem::of)
        .filter(item -> !item.isArchived());
  }

  /**
   * Adds an item, or replaces the one of the same id. Each {@code LangfuseMedia} in it, at any
   * depth, is uploaded first, once; the item has its reference instead.
   *
   * @throws IllegalArgumentException if a value has no JSON form, or a file no content
   * @throws IllegalStateException if there is a file and uploads are switched off
   * @return the item as the server has it, with its id
   */
  public DatasetItem<@Nullable Object, @Nullable Object> addItem(
      String datasetName, DatasetItem<?, ?> item) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("datasetName", named(datasetName));
    body.put("id", item.id() == null ? UUID.randomUUID().toString() : item.id());
    body.put("input", item.input());
    body.put("expectedOutput", item.expectedOutput());
    body.put("metadata", item.metadata().isEmpty() ? null : item.metadata());
    putIfPresent(body, "sourceTraceId", item.sourceTraceId());
    putIfPresent(body, "sourceObservationId", item.sourceObservationId());
    body.put("status", item.isArchived() ? "ARCHIVED" : "ACTIVE");
    ItemMedia.uploads(body, () -> api.datasets().get(datasetName).id()).forEach(uploads);
    return DatasetItem.of(api.datasets().createItem(body));
  }

  private static void putIfPresent(
      Map<String, @Nullable Object> body, String key, @Nullable String value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  /** Adds several items, one request each, in order. */
  public List<DatasetItem<@Nullable Object, @Nullable Object>> addItems(
      String datasetName, Iterable<? extends DatasetItem<?, ?>> items) {
    Stream.Builder<DatasetItem<@Nullable Object, @Nullable Object>> added = Stream.builder();
    items.forEach(item -> added.add(addItem(datasetName, item)));
    return added.build().toList();
  }

  /** An item by its id. */
  public DatasetItem<@Nullable Object, @Nullable Object> item(String id) {
    DatasetItemDetails stored = api.datasets().item(id);
    return DatasetItem.of(stored);
  }

  public void deleteItem(String id) {
    api.datasets().deleteItem(id);
  }

  /** The runs over a dataset, newest first. */
  public ApiList<DatasetRun> runs(String datasetName) {
    return api.datasets().runs(named(datasetName), q -> {});
  }

  /** A run with its items. */
  public DatasetRun run(String datasetName, String runName) {
    return api.datasets().run(named(datasetName), runName);
  }

  public void deleteRun(String datasetName, String runName) {
    api.datasets().deleteRun(named(datasetName), runName);
  }

  private static String named(String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("A dataset has a name that is not empty.");
    }
    return name;
  }
}
