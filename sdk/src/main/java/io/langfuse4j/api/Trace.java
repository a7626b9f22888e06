package io.langfuse4j.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trace as the server shows it. Immutable. */
public final class Trace extends ApiObject {

  Trace(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public @Nullable String name() {
    return text("name");
  }

  public @Nullable Instant timestamp() {
    return instant("timestamp");
  }

  public @Nullable String userId() {
    return text("userId");
  }

  public @Nullable String sessionId() {
    return text("sessionId");
  }

  public List<String> tags() {
    return texts("tags");
  }

  public @Nullable String environment() {
    return text("environment");
  }

  public @Nullable Object input() {
    return get("input");
  }

  public @Nullable Object output() {
    return get("output");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  /** In US dollars. */
  public @Nullable Double totalCost() {
    return number("totalCost");
  }

  /** In seconds. */
  public @Nullable Double latency() {
    return number("latency");
  }

  /** Empty in a list, which only has their ids. */
  public List<Observation> observations() {
    return objects("observations").stream()
        .map(object -> new Observation(object.fields()))
        .toList();
  }

  /** Empty in a list, which only has their ids. */
  public List<ScoreDetails> scores() {
    return objects("scores").stream().map(object -> new ScoreDetails(object.fields())).toList();
  }
}
