package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationJarsTest {

  private static final String TYPE = "com/openai/client/OpenAIClient.class";

  @TempDir Path folder;

  private static byte[] jar(String entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.write(content);
    }
    return bytes.toByteArray();
  }

  private static boolean isFound(Path... given) throws IOException {
    try (ApplicationJars jars = ApplicationJars.of(List.of(given));
        URLClassLoader loader = new URLClassLoader(jars.urls(), null)) {
      return loader.getResource(TYPE) != null;
    }
  }

  @Test
  void jarOfSpringBoot_isLookedInto_andNothingIsLeft() throws IOException {
    byte[] library = jar(TYPE, new byte[1]);
    Path boot = Files.write(folder.resolve("app.jar"), jar("BOOT-INF/lib/openai.jar", library));

    assertThat(isFound(boot)).isTrue();

    ApplicationJars jars = ApplicationJars.of(List.of(boot));
    Path unpacked = Path.of(jars.urls()[1].getPath());
    assertThat(unpacked).exists();
    jars.close();
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void jarAndFolderOfJars_areLookedInto() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("quarkus-app/lib/main"));
    Path jar = Files.write(lib.resolve("openai.jar"), jar(TYPE, new byte[1]));

    assertThat(isFound(jar)).isTrue();
    assertThat(isFound(folder)).isTrue();
    assertThat(isFound()).isFalse();
  }
}
