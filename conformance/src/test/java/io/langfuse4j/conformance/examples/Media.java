package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.media.LangfuseMedia;
import java.util.List;
import java.util.Map;

/** Files inside observations. */
public final class Media {

  private Media() {}

  public static String describePicture(Langfuse langfuse, byte[] png) {
    // tag::object[]
    String answer =
        langfuse.observe(
            "describe-picture",
            GENERATION,
            generation -> {
              generation.input(
                  List.of("What is on this picture?", LangfuseMedia.of(png, "image/png")));
              String text = callModel(png);
              generation.output(text);
              return text;
            });
    // end::object[]
    return answer;
  }

  public static Object resolved(Langfuse langfuse, Object input) {
    // tag::resolve[]
    Object withContent = langfuse.resolveMediaReferences(input); // data:image/png;base64,…
    // end::resolve[]
    return withContent;
  }

  private static String callModel(byte[] png) {
    return Map.of(true, "A lamp.").getOrDefault(png.length > 0, "Nothing.");
  }
}
