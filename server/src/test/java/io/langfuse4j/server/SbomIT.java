package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar says about what is in it, if it was built with {@code -Psbom}. */
class SbomIT {
  private static final String ENTRY = "META-INF/sbom/application.cdx.json";

  /** Licences that let anybody run, change and pass on the jar. */
  private static final Set<String> LICENCES =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "UPL-1.0");

  private static JsonNode sbom;

  @BeforeAll
  static void read() throws IOException {
    try (ZipFile jar = new ZipFile(ServerProcess.jar().toFile())) {
      ZipEntry entry = jar.getEntry(ENTRY);
      assumeTrue(entry != null, "the jar was built without -Psbom");
      try (InputStream content = jar.getInputStream(entry)) {
        sbom = new ObjectMapper().readTree(content);
      }
    }
  }

  private static List<JsonNode> components() {
    return StreamSupport.stream(sbom.path("components").spliterator(), false).toList();
  }

  private static String name(JsonNode component) {
    return component.path("group").asText() + ":" + component.path("name").asText();
  }

  @Test
  void components_areWhatRuns_andNothingOfTests() {
    assertThat(components())
        .extracting(SbomIT::name)
        .contains(
            "io.undertow:undertow-core",
            "org.xerial:sqlite-jdbc",
            "org.postgresql:postgresql",
            "com.zaxxer:HikariCP",
            "software.amazon.awssdk:s3",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.slf4j:slf4j-simple")
        .noneMatch(name -> name.startsWith("org.junit") || name.startsWith("org.assertj"));
  }

  @Test
  void components_areReleases_withAddressesThatScannersKnow() {
    assertThat(components())
        .allSatisfy(
            component -> {
              assertThat(component.path("version").asText())
                  .isNotBlank()
                  .doesNotContain("SNAPSHOT");
              assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
              assertThat(component.path("hashes")).isNotEmpty();
            });
  }

  @Test
  void licences_letAnybodyUseTheJar() {
    Set<String> others = new TreeSet<>();
    for (JsonNode component : components()) {
      List<String> said = new ArrayList<>();
      for (JsonNode licence : component.path("licenses")) {
        said.add(licence.path("license").path("id").asText());
      }
      // Of several the user chooses.
      if (said.stream().noneMatch(LICENCES::contains)) {
        others.add(name(component) + " " + component.path("licenses"));
      }
    }
    assertThat(others).isEmpty();
  }
}
