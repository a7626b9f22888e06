package io.langfuse4j.dataset;

import io.langfuse4j.api.DatasetItemDetails;
import io.langfuse4j.internal.json.PlainJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An input, and what should come of it: an item of a dataset on the server, or one that the program
 * made up. Where an item of the server has a file, there is a {@link
 * io.langfuse4j.media.LangfuseMediaReference}, which {@code langfuse.fetchMedia} reads. Immutable.
 *
 * @param <I> the type of the input
 * @param <E> the type of the expected output
 */
public final class DatasetItem<I extends @Nullable Object, E extends @Nullable Object> {

  private final I input;
  private final @Nullable E expectedOutput;
  private final Map<String, @Nullable Object> metadata;
  private final @Nullable String id;
  private final @Nullable DatasetItemDetails details;
  private final @Nullable String sourceTraceId;
  private final @Nullable String sourceObservationId;
  private final boolean archived;

  private DatasetItem(
      I input,
      @Nullable E expectedOutput,
      Map<String, @Nullable Object> metadata,
      @Nullable String id,
      @Nullable DatasetItemDetails details,
      @Nullable String sourceTraceId,
      @Nullable String sourceObservationId,
      boolean archived) {
    this.input = input;
    this.expectedOutput = expectedOutput;
    this.metadata = metadata;
    this.id = id;
    this.details = details;
    this.sourceTraceId = sourceTraceId;
    this.sourceObservationId = sourceObservationId;
    this.archived = archived;
  }

  /** An item of which nothing is expected in particular. */
  public static <I> DatasetItem<I, Object> of(I input) {
    return of(input, null);
  }

  /**
   * An item.
   *
   * @param expectedOutput null if nothing is expected in particular
   */
  public static <I, E> DatasetItem<I, E> of(I input, @Nullable E expectedOutput) {
    return new DatasetItem<>(input, expectedOutput, Map.of(), null, null, null, null, false);
  }

  @SuppressWarnings("NullAway") // the type says that the input may be null
  static DatasetItem<@Nullable Object, @Nullable Object> of(DatasetItemDetails stored) {
    return new DatasetItem<>(
        ItemMedia.hydrated(stored, "input"),
        ItemMedia.hydrated(stored, "expectedOutput"),
        metadataOf(stored),
        stored.id(),
        stored,
        stored.sourceTraceId(),
        stored.sourceObservationId(),
        "ARCHIVED".equals(stored.status()));
  }

  /** What is stored need not be a map; anything else becomes the entry {@code metadata}. */
  private static Map<String, @Nullable Object> metadataOf(DatasetItemDetails stored) {
    Object metadata = ItemMedia.hydrated(stored, "metadata");
    if (metadata instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach((key, value) -> fields.put(String.valueOf(key), value));
      return Collections.unmodifiableMap(fields);
    }
    return metadata == null ? Map.of() : Map.of("metadata", metadata);
  }

  /** The item with this metadata instead. */
  public DatasetItem<I, E> withMetadata(Map<String, ? extends @Nullable Object> metadata) {
    return new DatasetItem<>(
        input,
        expectedOutput,
        Collections.unmodifiableMap(new LinkedHashMap<>(metadata)),
        id,
        details,
        sourceTraceId,
        sourceObservationId,
        archived);
  }

  /** The item with an id: adding one of the same id to a dataset replaces the first. */
  public DatasetItem<I, E> withId(String id) {
    return new DatasetItem<>(
        input, expectedOutput, metadata, id, details, sourceTraceId, sourceObservationId, archived);
  }

  /**
   * The item with the trace that it was taken from.
   *
   * @param observationId null for the trace as a whole
   */
  public DatasetItem<I, E> withSource(String traceId, @Nullable String observationId) {
    return new DatasetItem<>(
        input, expectedOutput, metadata, id, details, traceId, observationId, archived);
  }

  /** The item, put aside: the server keeps it and no longer lists it. */
  public DatasetItem<I, E> withArchived() {
    return new DatasetItem<>(
        input, expectedOutput, metadata, id, details, sourceTraceId, sourceObservationId, true);
  }

  /** The item in types of one's own, which input and expected output are converted to. */
  public <J, F> DatasetItem<J, F> as(Class<J> inputType, Class<F> expectedOutputType) {
    J converted = PlainJson.convert(input, inputType);
    if (converted == null) {
      throw new IllegalArgumentException(this + " has no input to make a " + inputType + " of");
    }
    return new DatasetItem<>(
        converted,
        PlainJson.convert(expectedOutput, expectedOutputType),
        metadata,
        id,
        details,
        sourceTraceId,
        sourceObservationId,
        archived);
  }

  public I input() {
    return input;
  }

  /** What should come of the input; null if nothing in particular. */
  public @Nullable E expectedOutput() {
    return expectedOutput;
  }

  public Map<String, @Nullable Object> metadata() {
    return metadata;
  }

  /** Its id in the dataset; null if it is in none and was given none. */
  public @Nullable String id() {
    return id;
  }

  /** What the server says about it; null if the program made it up. */
  public @Nullable DatasetItemDetails details() {
    return details;
  }

  /** Whether it comes from a dataset on the server, so that runs can be linked to it. */
  public boolean isStored() {
    return details != null;
  }

  public @Nullable String sourceTraceId() {
    return sourceTraceId;
  }

  public @Nullable String sourceObservationId() {
    return sourceObservationId;
  }

  public boolean isArchived() {
    return archived;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatasetItem<?, ?> item
        && Objects.equals(item.input, input)
        && Objects.equals(item.expectedOutput, expectedOutput)
        && item.metadata.equals(metadata)
        && Objects.equals(item.id, id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, id);
  }

  /** Without its content, which need not be for a log. */
  @Override
  public String toString() {
    return id == null ? "an item" : "the item " + id;
  }
}
