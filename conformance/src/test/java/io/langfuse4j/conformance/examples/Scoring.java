package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.ScoreConfig;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The programs of {@code docs/scores.md}. */
public final class Scoring {

  private Scoring() {}

  public static String inside(Langfuse langfuse, UnaryOperator<String> model) {
    // tag::inside[]
    return langfuse.observe(
        "answer",
        GENERATION,
        generation -> {
          String text = model.apply("Where is my parcel?");
          generation.output(text).score("length", text.length());
          generation.scoreTrace("polite", text.contains("please"));
          langfuse.scoreCurrentTrace("tone", "friendly");
          return text;
        });
    // end::inside[]
  }

  public static void later(Langfuse langfuse, String traceId, String user) {
    // tag::later[]
    langfuse.score(
        s ->
            s.traceId(traceId)
                .name("thumbs")
                .value(true)
                .id(traceId + "-thumbs-" + user)
                .comment("Found it at once.")
                .metadata(Map.of("from", "chat window")));
    // end::later[]
  }

  public static void others(Langfuse langfuse, String sessionId, String datasetRunId) {
    // tag::others[]
    langfuse.score(s -> s.sessionId(sessionId).name("resolved").value(false));
    langfuse.score(s -> s.datasetRunId(datasetRunId).name("summary").text("Better on refunds."));
    // end::others[]
  }

  public static void config(Langfuse langfuse, String traceId) {
    // tag::config[]
    ScoreConfig stars =
        langfuse
            .api()
            .scoreConfigs()
            .create(Map.of("name", "stars", "dataType", "NUMERIC", "minValue", 1, "maxValue", 5));
    langfuse.score(s -> s.traceId(traceId).name("stars").value(4).configId(stars.id()));
    // end::config[]
  }

  public static List<Object> read(Langfuse langfuse, String traceId) {
    // tag::read[]
    List<Object> thumbs =
        langfuse.api().scores().list(q -> q.name("thumbs").traceId(traceId)).stream()
            .map(score -> score.value())
            .toList();
    // end::read[]
    return thumbs;
  }
}
