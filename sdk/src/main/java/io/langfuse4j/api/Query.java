package io.langfuse4j.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for. The names are those of the server's query parameters; a parameter that
 * may be repeated takes a list. Received by a lambda; not thread-safe.
 */
public final class Query {

  private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();

  Query() {}

  /** Any parameter; null leaves it out. */
  public Query with(String parameter, @Nullable Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Entries of a page. The server takes 1 to 100 and has 50 unless told otherwise. */
  public Query limit(int limit) {
    return with("limit", limit);
  }

  /** Which page, from 1; a stream begins there. */
  public Query page(int page) {
    return with("page", page);
  }

  public Query name(@Nullable String name) {
    return with("name", name);
  }

  public Query userId(@Nullable String userId) {
    return with("userId", userId);
  }

  public Query sessionId(@Nullable String sessionId) {
    return with("sessionId", sessionId);
  }

  public Query traceId(@Nullable String traceId) {
    return with("traceId", traceId);
  }

  /** Any of these. */
  public Query environment(String... environments) {
    return with("environment", List.of(environments));
  }

  /** All of these. */
  public Query tags(String... tags) {
    return with("tags", List.of(tags));
  }

  /** From this moment on. */
  public Query fromTimestamp(@Nullable Instant from) {
    return with("fromTimestamp", from);
  }

  /** Before this moment. */
  public Query toTimestamp(@Nullable Instant to) {
    return with("toTimestamp", to);
  }

  /** For example {@code timestamp.asc}. */
  public Query orderBy(@Nullable String order) {
    return with("orderBy", order);
  }

  /** The groups of fields to answer, for example {@code core,io}. */
  public Query fields(@Nullable String fields) {
    return with("fields", fields);
  }

  /** A JSON array of conditions, as the API reference describes. */
  public Query filter(@Nullable String filter) {
    return with("filter", filter);
  }

  @Nullable Object parameter(String name) {
    return parameters.get(name);
  }

  void addTo(ApiRequest request) {
    new ArrayList<>(parameters.entrySet())
        .forEach(parameter -> request.query(parameter.getKey(), parameter.getValue()));
  }
}
