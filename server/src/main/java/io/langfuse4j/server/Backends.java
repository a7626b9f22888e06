package io.langfuse4j.server;

import io.langfuse4j.server.observability.RequestLog;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.clickhouse.ClickHouseTraceStore;
import io.langfuse4j.server.store.common.FolderLock;
import io.langfuse4j.server.store.media.FolderMediaFiles;
import io.langfuse4j.server.store.media.S3MediaFiles;
import io.langfuse4j.server.store.postgres.PostgresMetadataStore;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import io.langfuse4j.server.store.sqlite.NativeLibrary;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the places where a server keeps what it is given. */
final class Backends {
  private Backends() {}

  static TraceStore store(ServerSettings settings) {
    if (settings.clickHouse == null) {
      return embedded(settings);
    }
    MetadataStore beside =
        settings.metadata == null ? embedded(settings) : metadata(settings, settings.metadata);
    return ClickHouseTraceStore.open(
        settings.clickHouse, beside, settings.clock, waitingBytes(settings));
  }

  private static SqliteTraceStore embedded(ServerSettings settings) {
    if (settings.ownProcess) {
      NativeLibrary.keep(settings.dataDir);
    }
    return SqliteTraceStore.open(settings.dataDir, settings.clock, waitingBytes(settings));
  }

  /** The folder is one server's all the same: it holds files where there is no bucket. */
  private static MetadataStore metadata(ServerSettings settings, PostgresSettings database) {
    FolderLock lock = FolderLock.acquire(settings.dataDir);
    boolean opened = false;
    try {
      MetadataStore store =
          PostgresMetadataStore.open(database, settings.clock, waitingBytes(settings), lock::close);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static long waitingBytes(ServerSettings settings) {
    return settings.memoryBytes / 2;
  }

  static MediaFiles mediaFiles(ServerSettings settings) {
    return settings.mediaOnS3 == null
        ? new FolderMediaFiles(settings.dataDir.resolve("media"))
        : S3MediaFiles.of(settings.mediaOnS3, settings.dataDir.resolve("uploads"));
  }

  static RequestLog requestLog(Path file, Clock clock) {
    try {
      return RequestLog.open(file, clock);
    } catch (IOException e) {
      throw new StartException("The request log " + file + " cannot be written.", e);
    }
  }
}
