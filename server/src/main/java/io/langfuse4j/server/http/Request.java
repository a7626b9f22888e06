package io.langfuse4j.server.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request whose body has been received and whose caller is known. */
public final class Request {
  private final String path;
  private final String project;
  private final Map<String, List<String>> query;
  private final Map<String, String> pathParameters;
  private final Function<String, @Nullable String> headers;
  private final Body body;
  private final MemoryBudget.Reservation memory;

  Request(
      String path,
      String project,
      Map<String, List<String>> query,
      Map<String, String> pathParameters,
      Function<String, @Nullable String> headers,
      Body body,
      MemoryBudget.Reservation memory) {
    this.path = path;
    this.project = project;
    this.query = query;
    this.pathParameters = pathParameters;
    this.headers = headers;
    this.body = body;
    this.memory = memory;
  }

  public String path() {
    return path;
  }

  /** Id of the project that the caller's keys belong to. */
  public String project() {
    return project;
  }

  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** A {@code {name}} segment of the route, decoded. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter " + name);
    }
    return value;
  }

  /** First value; null if absent or empty. */
  public @Nullable String query(String name) {
    for (String value : queryAll(name)) {
      if (!value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  public List<String> queryAll(String name) {
    return query.getOrDefault(name, List.of());
  }

  public Set<String> queryNames() {
    return query.keySet();
  }

  public Body body() {
    return body;
  }

  /** Where to account for memory that the request takes beyond its body. */
  public MemoryBudget.Reservation memory() {
    return memory;
  }
}
