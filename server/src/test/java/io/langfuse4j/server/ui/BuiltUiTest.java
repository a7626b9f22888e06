package io.langfuse4j.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The viewer is committed as built, so that a JDK is all that a build needs. These tests see to it,
 * without Node, that it was built from the sources beside it.
 */
class BuiltUiTest {
  private static final Path SOURCES = Path.of("..", "server-ui");
  private static final String REBUILD =
      "server/src/main/resources/ui is not what server-ui builds. Run: npm --prefix server-ui ci &&"
          + " npm --prefix server-ui run build";

  @Test
  void builtViewer_comparedWithItsSources_isUpToDate() throws Exception {
    assertThat(stamp()).as(REBUILD).isEqualTo(hash(sources()));
  }

  @Test
  void builtViewer_isComplete() {
    assertThat(
            Stream.of("index.html", "app.js", "vendor.js", "app.css", "icon.svg", "third-party.txt")
                .filter(name -> BuiltUiTest.class.getResource("/ui/" + name) == null))
        .as(REBUILD)
        .isEmpty();
  }

  @Test
  void page_loadsNothingFromOtherHosts() throws IOException {
    try (InputStream page = BuiltUiTest.class.getResourceAsStream("/ui/index.html")) {
      assertThat(page).isNotNull();
      assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("http://", "https://", "//cdn")
          .doesNotContainPattern("<script(?![^>]* src=)");
    }
  }

  private static String stamp() throws IOException {
    try (InputStream build = BuiltUiTest.class.getResourceAsStream("/ui/build.json")) {
      assertThat(build).as(REBUILD).isNotNull();
      return new ObjectMapper().readTree(build).path("sources").asText();
    }
  }

  private static Map<String, Path> sources() throws IOException {
    Map<String, Path> sources = new TreeMap<>();
    for (String name : new String[] {"index.html", "package-lock.json", "vite.config.ts"}) {
      sources.put(name, SOURCES.resolve(name));
    }
    try (Stream<Path> files = Files.walk(SOURCES.resolve("src"))) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> sources.put(SOURCES.relativize(file).toString().replace('\\', '/'), file));
    }
    return sources;
  }

  /** The same as {@code stamp()} in server-ui/vite.config.ts: keep the two in step. */
  private static String hash(Map<String, Path> sources) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    sources.forEach(
        (name, file) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(read(file));
          digest.update((byte) 0);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
