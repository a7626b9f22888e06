package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.conformance.examples.Media;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files inside observations, from the application to the server and back. */
class MediaIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  /** Of this test alone, so that the server cannot know it yet. */
  private final byte[] png = png();

  private static byte[] png() {
    byte[] content = new byte[5_000];
    new Random().nextBytes(content);
    return content;
  }

  private String reference(String source) {
    return "@@@langfuseMedia:type=image/png|id="
        + LangfuseMedia.of(png, "image/png").mediaId()
        + "|source="
        + source
        + "@@@";
  }

  @Test
  void picture_isStoredOnTheServerAndComesBack() throws Exception {
    Langfuse langfuse = server.langfuse();
    Media.describePicture(langfuse, png);

    JsonNode generation = server.sentTrace().get("observations").get(0);
    assertThat(generation.get("name").asText()).isEqualTo("describe-picture");
    assertThat(generation.get("input").toString())
        .isEqualTo("[\"What is on this picture?\",\"" + reference("bytes") + "\"]");
    assertThat(generation.get("output").asText()).isEqualTo("A lamp.");
    assertThat(langfuse.stats().mediaSent()).isOne();
    assertThat(Media.resolved(langfuse, List.of(generation.get("input").get(1).asText())))
        .isEqualTo(List.of("data:image/png;base64," + Base64.getEncoder().encodeToString(png)));
    assertThat(langfuse.fetchMedia(LangfuseMediaReference.parse(reference("bytes"))))
        .isEqualTo(LangfuseMedia.of(png, "image/png"));
  }

  @Test
  void samePicture_isUploadedOnceByAllClients() {
    String dataUri = LangfuseMedia.of(png, "image/png").dataUri();
    for (Langfuse client : List.of(server.newClient(), server.newClient())) {
      client.run("look", o -> o.input(dataUri));
      assertThat(client.flush()).as("%s", client.stats()).isTrue();
      assertThat(client.stats().mediaSent()).isOne();
    }

    assertThat(server.traces())
        .extracting(trace -> trace.get("input").asText())
        .containsExactly(reference("base64_data_uri"), reference("base64_data_uri"));
  }
}
