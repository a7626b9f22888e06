package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.MetadataStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataTest extends MetadataStoreContract {
  @TempDir private Path folder;

  @Override
  protected MetadataStore openEmpty() {
    return SqliteTraceStore.open(folder.resolve("contract"), Clock.systemUTC(), 1L << 28);
  }
}
