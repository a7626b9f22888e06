package io.langfuse4j.server.store.media;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Files in a folder, named by the hash of what is in them. Thread-safe. */
public final class FolderMediaFiles implements MediaFiles {
  private final Path folder;

  /**
   * @param folder created when the first file comes
   */
  public FolderMediaFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the file beside its place, looks at its hash, and only then moves it there. */
  @Override
  public void keep(Media media, InputStream bytes) throws IOException {
    Path target = file(media);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Path draft = Files.createTempFile(target.getParent(), "upload", ".part");
    try {
      MessageDigest digest = sha256();
      Files.copy(new DigestInputStream(bytes, digest), draft, StandardCopyOption.REPLACE_EXISTING);
      String hash = HexFormat.of().formatHex(digest.digest());
      if (!hash.equals(media.sha256()) || Files.size(draft) != media.contentLength()) {
        throw new RefusedException(
            Reason.INVALID, "The bytes are not those whose hash and length were announced");
      }
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public byte[] read(Media media, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (RandomAccessFile file = new RandomAccessFile(file(media).toFile(), "r")) {
      file.seek(from);
      file.readFully(bytes);
    }
    return bytes;
  }

  /** Hexadecimal digits only: nothing that a client says becomes part of the path. */
  private Path file(Media media) {
    String hash = HexFormat.of().formatHex(HexFormat.of().parseHex(media.sha256()));
    return folder.resolve(hash.substring(0, 2)).resolve(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
