package io.langfuse4j.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a feed knows of vulnerabilities in packages, by the batch query of OSV's API
 * (google.github.io/osv.dev/post-v1-querybatch).
 */
final class Advisories {
  static final URI OSV = URI.create("https://api.osv.dev/");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI feed;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Advisories(URI feed) {
    this.feed = feed;
  }

  /**
   * @param purls addresses of packages with their versions
   * @return ids of advisories by package; packages without any are not in it
   * @throws IOException if the feed cannot be reached or does not answer the question
   */
  Map<String, List<String>> of(List<String> purls) throws IOException, InterruptedException {
    ObjectNode question = MAPPER.createObjectNode();
    ArrayNode queries = question.putArray("queries");
    purls.forEach(purl -> queries.addObject().putObject("package").put("purl", purl));
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(feed.resolve("/v1/querybatch"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.toString()))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(feed + " answered with " + response.statusCode());
    }
    JsonNode results = MAPPER.readTree(response.body()).path("results");
    if (results.size() != purls.size()) {
      throw new IOException(feed + " answered " + results.size() + " of " + purls.size());
    }
    Map<String, List<String>> known = new TreeMap<>();
    for (int i = 0; i < purls.size(); i++) {
      List<String> ids = new ArrayList<>();
      results.get(i).path("vulns").forEach(found -> ids.add(found.path("id").asText()));
      if (!ids.isEmpty()) {
        known.put(purls.get(i), ids);
      }
    }
    return known;
  }
}
