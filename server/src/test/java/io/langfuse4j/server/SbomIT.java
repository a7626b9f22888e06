package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the jar says about what is in it, if it was built with {@code -Psbom}, and what is known of
 * that.
 */
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

  private static final String MODULES = "node_modules/";

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

  @Test
  void componentsAndTheViewersPackages_haveNoKnownVulnerabilities() throws Exception {
    List<String> packages = new ArrayList<>(ofTheViewer());
    assertThat(packages).anyMatch(purl -> purl.startsWith("pkg:npm/react@"));
    components()
        .forEach(
            component -> packages.add(component.path("purl").asText().replaceAll("\\?.*", "")));

    Map<String, List<String>> known = Map.of();
    try {
      known = new Advisories(Advisories.OSV).of(packages);
    } catch (IOException e) {
      assumeTrue(false, "no feed of advisories can be reached: " + e);
    }
    assertThat(known).isEmpty();
  }

  /** What is in the bundle, or may be: all but what builds and tests it. */
  private static List<String> ofTheViewer() throws IOException {
    List<String> purls = new ArrayList<>();
    JsonNode lock =
        new ObjectMapper().readTree(Path.of("..", "server-ui", "package-lock.json").toFile());
    for (Map.Entry<String, JsonNode> entry : lock.path("packages").properties()) {
      String path = entry.getKey();
      if (path.startsWith(MODULES) && !entry.getValue().path("dev").asBoolean()) {
        String name = path.substring(path.lastIndexOf(MODULES) + MODULES.length());
        String version = entry.getValue().path("version").asText();
        purls.add("pkg:npm/" + name.replace("@", "%40") + "@" + version);
      }
    }
    return purls;
  }
}
