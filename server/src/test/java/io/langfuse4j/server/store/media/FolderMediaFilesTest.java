package io.langfuse4j.server.store.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.MediaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMediaFilesTest extends MediaFilesContract {
  @TempDir private Path folder;

  @Override
  MediaFiles open() {
    return new FolderMediaFiles(folder.resolve("media"));
  }

  @Override
  long count() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void draftsThatAKilledServerLeft_goAtTheNextStart() throws Exception {
    FolderMediaFiles files = new FolderMediaFiles(folder.resolve("media"));
    Files.createDirectories(files.drafts());
    Files.writeString(files.drafts().resolve("upload1.part"), "half");

    open().close();

    assertThat(count()).isZero();
  }
}
