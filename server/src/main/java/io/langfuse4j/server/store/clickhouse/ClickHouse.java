package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.store.LenientJson;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * ClickHouse's HTTP interface. A statement that the connection broke under is sent once more: all
 * of ours may be repeated. Thread-safe.
 */
final class ClickHouse {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(60);
  private static final int MESSAGE_LENGTH = 400;

  /** Too many parts, out of memory, too many queries, too slow: the same may succeed later. */
  private static final Set<String> BUSY = Set.of("252", "241", "202", "159", "209", "210");

  private static final Set<String> REFUSED_USER = Set.of("516", "192", "193", "194");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "wait_end_of_query", "1",
          "join_use_nulls", "1",
          "max_query_size", "67108864",
          "output_format_json_quote_64bit_integers", "0",
          "output_format_json_quote_denormals", "0",
          "do_not_merge_across_partitions_select_final", "1",
          "distributed_product_mode", "global");

  private static final Map<String, String> INSERT_SETTINGS =
      Map.of(
          "async_insert", "1",
          "wait_for_async_insert", "1",
          "distributed_foreground_insert", "1",
          "input_format_import_nested_json", "0");

  private static final ObjectMapper MAPPER = LenientJson.mapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIME)
          .build();
  private final ClickHouseSettings settings;

  ClickHouse(ClickHouseSettings settings) {
    this.settings = settings;
  }

  ClickHouseSettings settings() {
    return settings;
  }

  /** Rows of a SELECT. */
  <T> List<T> query(String sql, Function<Row, T> reader) {
    byte[] answer = send(settings.database(), sql.getBytes(StandardCharsets.UTF_8), SETTINGS);
    List<T> rows = new ArrayList<>();
    try (MappingIterator<JsonNode> lines =
        MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(answer)) {
      while (lines.hasNextValue()) {
        rows.add(reader.apply(new Row(lines.nextValue())));
      }
    } catch (IOException e) {
      throw new StoreException("ClickHouse's answer cannot be read: " + e.getMessage(), e);
    }
    return rows;
  }

  /** The one number of a SELECT that has a column {@code n}. */
  long number(String sql) {
    return query(sql, row -> row.number("n")).stream().findFirst().orElse(0L);
  }

  void execute(String sql) {
    execute(settings.database(), sql);
  }

  /** For statements that make databases. */
  void execute(String database, String sql) {
    send(database, sql.getBytes(StandardCharsets.UTF_8), SETTINGS);
  }

  /** Returns when the rows are stored and can be read; all of them or none. */
  void insert(String table, List<? extends JsonNode> rows) {
    if (rows.isEmpty()) {
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(rows.size() * 1_024);
    try {
      body.writeBytes(
          ("INSERT INTO " + table + " FORMAT JSONEachRow\n").getBytes(StandardCharsets.UTF_8));
      for (JsonNode row : rows) {
        body.writeBytes(MAPPER.writeValueAsBytes(row));
        body.write('\n');
      }
    } catch (IOException e) {
      throw new StoreException("Rows for ClickHouse cannot be written as JSON", e);
    }
    Map<String, String> all = new LinkedHashMap<>(SETTINGS);
    all.putAll(INSERT_SETTINGS);
    send(settings.database(), body.toByteArray(), all);
  }

  private byte[] send(String database, byte[] statement, Map<String, String> parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(address(database, parameters))
            .timeout(ANSWER_TIME)
            .header("X-ClickHouse-User", settings.user())
            .header("X-ClickHouse-Key", settings.password())
            .POST(BodyPublishers.ofByteArray(statement))
            .build();
    HttpResponse<InputStream> response = exchange(request);
    try (InputStream body = response.body()) {
      byte[] answer = body.readAllBytes();
      if (response.statusCode() != 200) {
        throw refused(response, new String(answer, StandardCharsets.UTF_8));
      }
      return answer;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) {
    try {
      try {
        return http.send(request, BodyHandlers.ofInputStream());
      } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
        throw unreachable(e);
      } catch (IOException e) {
        return http.send(request, BodyHandlers.ofInputStream());
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Waiting for ClickHouse was interrupted", e);
    }
  }

  private URI address(String database, Map<String, String> parameters) {
    URI url = settings.url();
    String given = url.getRawQuery() == null ? "" : "&" + url.getRawQuery();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(
        url.getScheme()
            + "://"
            + url.getRawAuthority()
            + path
            + "?database="
            + encoded(database)
            + "&default_format=JSONEachRow&"
            + query
            + given);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private StoreException unreachable(IOException cause) {
    return new StoreException(
        "ClickHouse at "
            + place()
            + " does not answer ("
            + cause.getClass().getSimpleName()
            + "). Check --clickhouse-url and that the server runs.",
        cause);
  }

  private StoreException refused(HttpResponse<?> response, String message) {
    String code = response.headers().firstValue("X-ClickHouse-Exception-Code").orElse("");
    String start =
        message.length() > MESSAGE_LENGTH ? message.substring(0, MESSAGE_LENGTH) : message;
    if (REFUSED_USER.contains(code) || response.statusCode() == 401) {
      return new StoreException(
          "ClickHouse at "
              + place()
              + " refused the user "
              + settings.user()
              + ": set LANGFUSE4J_CLICKHOUSE_USER and LANGFUSE4J_CLICKHOUSE_PASSWORD.");
    }
    if (BUSY.contains(code)) {
      return new StoreBusyException("ClickHouse is busy: " + start);
    }
    return new StoreException("ClickHouse refused: " + start);
  }

  private String place() {
    return settings.url().getScheme() + "://" + settings.url().getRawAuthority();
  }
}
