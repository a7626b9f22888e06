package io.langfuse4j.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The media endpoints of a Langfuse server and the storage behind them, on the port of an {@link
 * OtlpSink}.
 */
public final class MediaStorage implements Function<Request, Answer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA = "/api/public/media";
  private static final String STORAGE = "/storage/";

  private final String url;
  private final Map<String, String> contentTypes = new ConcurrentHashMap<>();
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final List<JsonNode> announced = new CopyOnWriteArrayList<>();
  private final List<Request> puts = new CopyOnWriteArrayList<>();
  private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
  private volatile Function<Integer, Integer> putStatus = put -> 200;

  public MediaStorage(OtlpSink sink) {
    this.url = sink.url();
    sink.answeringRequests(this);
  }

  /** Chooses the status of a PUT by its number, which counts from 1. */
  public MediaStorage answeringPuts(Function<Integer, Integer> status) {
    putStatus = status;
    return this;
  }

  public Map<String, byte[]> stored() {
    return stored;
  }

  /** Bodies of what was posted, in order. */
  public List<JsonNode> announced() {
    return announced;
  }

  public List<Request> puts() {
    return puts;
  }

  /** Bodies of what was patched, in order. */
  public List<JsonNode> reports() {
    return reports;
  }

  @Override
  public Answer apply(Request request) {
    String path = request.path();
    if (path.equals(MEDIA)) {
      return announce(request);
    }
    if (path.startsWith(STORAGE)) {
      return request.method().equals("PUT") ? put(request) : content(path);
    }
    if (path.startsWith(MEDIA + "/")) {
      return request.method().equals("PATCH") ? report(request) : describe(path);
    }
    return Answer.status(200);
  }

  private Answer announce(Request request) {
    JsonNode body = json(request.body());
    announced.add(body);
    String id =
        body.get("sha256Hash").asText().replace('+', '-').replace('/', '_').substring(0, 22);
    contentTypes.put(id, body.get("contentType").asText());
    String upload = stored.containsKey(id) ? "null" : "\"" + url + STORAGE + id + "\"";
    return answer(201, "{\"mediaId\":\"" + id + "\",\"uploadUrl\":" + upload + "}");
  }

  private Answer put(Request request) {
    puts.add(request);
    int status = putStatus.apply(puts.size());
    if (status == 200) {
      stored.put(request.path().substring(STORAGE.length()), request.body());
    }
    return answer(status, status == 200 ? "" : "storage says no");
  }

  private Answer report(Request request) {
    reports.add(json(request.body()));
    return answer(200, "{\"message\":\"OK\"}");
  }

  private Answer describe(String path) {
    String id = path.substring(MEDIA.length() + 1);
    return stored.containsKey(id)
        ? answer(
            200,
            "{\"mediaId\":\"%s\",\"contentType\":\"%s\",\"url\":\"%s\"}"
                .formatted(id, contentTypes.get(id), url + STORAGE + id))
        : answer(404, "{\"message\":\"Media not yet uploaded\"}");
  }

  private Answer content(String path) {
    byte[] content = stored.get(path.substring(STORAGE.length()));
    return content == null ? answer(404, "") : new Answer(200, Map.of(), content);
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, Map.of(), body.getBytes());
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
