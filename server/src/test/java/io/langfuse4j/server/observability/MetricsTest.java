package io.langfuse4j.server.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.http.RequestObserver.CompletedRequest;
import io.langfuse4j.server.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  private void request(String method, String route, int status, long millis) {
    metrics.completed(new CompletedRequest(method, route, status, Duration.ofMillis(millis), 1));
  }

  @Test
  void requests_areCountedByRouteAndStatus_inBuckets() {
    request("GET", "/a/{id}", 200, 3);
    request("GET", "/a/{id}", 200, 30);
    request("BREW", "/a/{id}", 405, 20_000);

    List<String> lines =
        metrics.text().lines().filter(line -> line.startsWith("langfuse4j_http")).toList();

    String ok = "{method=\"GET\",route=\"/a/{id}\",status=\"200\"";
    String odd = "{method=\"other\",route=\"/a/{id}\",status=\"405\"";
    assertThat(lines)
        .contains(
            "langfuse4j_http_request_seconds_bucket" + ok + ",le=\"0.001\"} 0",
            "langfuse4j_http_request_seconds_bucket" + ok + ",le=\"0.005\"} 1",
            "langfuse4j_http_request_seconds_bucket" + ok + ",le=\"0.05\"} 2",
            "langfuse4j_http_request_seconds_bucket" + ok + ",le=\"+Inf\"} 2",
            "langfuse4j_http_request_seconds_sum" + ok + "} 0.0330000",
            "langfuse4j_http_request_seconds_count" + ok + "} 2",
            "langfuse4j_http_request_seconds_bucket" + odd + ",le=\"10.0\"} 0",
            "langfuse4j_http_request_seconds_count" + odd + "} 1");
  }

  @Test
  void everyLine_isOfTheTextFormat() {
    metrics.gauge("a_gauge", "Some figure.", () -> 0.25);
    request("GET", "ui", 200, 1);

    Pattern sample = Pattern.compile("[a-z0-9_]+(\\{([a-z]+=\"[^\"]*\",?)+\\})? -?[0-9.e+-]+");
    assertThat(metrics.text()).contains("# TYPE a_gauge gauge\na_gauge 0.250000\n");
    assertThat(metrics.text().lines())
        .allMatch(line -> line.startsWith("# ") || sample.matcher(line).matches());
  }

  @Test
  void figureOfAStoreThatFails_isLeftOutAndTheOthersAreTold() {
    Metrics own = new Metrics();
    own.gauge(
        "of_the_store",
        "Help.",
        () -> {
          throw new StoreException("away");
        });
    own.gauge("of_the_server", "Help.", () -> 7);

    assertThat(own.text()).contains("of_the_server 7\n").doesNotContain("of_the_store");
  }
}
