package io.langfuse4j.server;

import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.media.S3MediaSettings;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running server, for programs and tests that want one inside. {@link #close()} answers what is
 * under way, finishes writing and releases the data folder. Thread-safe.
 *
 * <pre>{@code
 * try (LangfuseServer server = LangfuseServer.builder(folder).port(0).start()) {
 *   URI url = server.url();
 * }
 * }</pre>
 */
public final class LangfuseServer implements AutoCloseable {
  private final String host;
  private final ServerParts parts;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LangfuseServer(String host, ServerParts parts) {
    this.host = host;
    this.parts = parts;
  }

  /** Everything is stored in this folder, which is created if it does not exist. */
  public static Builder builder(Path dataDir) {
    return new Builder(dataDir);
  }

  /** The port that is listened on, also when 0 was asked for. */
  public int port() {
    return parts.port();
  }

  /** Where the viewer and the API are, without a slash at the end. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** A second time does nothing. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      parts.close();
    }
  }

  /** Settings of a server; {@link #start()} checks them. */
  public static final class Builder {
    private final ServerSettings settings;

    private Builder(Path dataDir) {
      settings = new ServerSettings(dataDir);
    }

    /** The process is the server's own, not an application's that it lives in. */
    Builder ownProcess() {
      settings.ownProcess = true;
      return this;
    }

    /** Address to listen on; anything but loopback needs {@link #requireKeys}. */
    public Builder host(String value) {
      settings.host = Objects.requireNonNull(value, "host");
      return this;
    }

    /** 0 picks a free one. */
    public Builder port(int value) {
      settings.port = value;
      return this;
    }

    /** Whether callers must know the project's keys; off by default. */
    public Builder requireKeys(boolean value) {
      settings.requireKeys = value;
      return this;
    }

    /** Name, id and keys of the one project. */
    public Builder project(Project value) {
      settings.project = Objects.requireNonNull(value, "project");
      return this;
    }

    /**
     * Keys that make projects and keys where keys are required; none by default. The name and id
     * are not used.
     */
    public Builder organization(@Nullable Project value) {
      settings.organization = value;
      return this;
    }

    /**
     * Keeps traces, observations and scores in ClickHouse; by default, and where null, in the data
     * folder, which then holds everything else only.
     */
    public Builder clickHouse(@Nullable ClickHouseSettings value) {
      settings.clickHouse = value;
      return this;
    }

    /**
     * With ClickHouse, keeps everything but traces, observations and scores in PostgreSQL, which
     * several servers may share; by default, and where null, in the data folder. Needs {@code
     * org.postgresql:postgresql} and {@code com.zaxxer:HikariCP} beside this library.
     */
    public Builder metadata(@Nullable PostgresSettings value) {
      settings.metadata = value;
      return this;
    }

    /**
     * Keeps the bytes of files in a bucket; by default, and where null, in the data folder. Needs
     * {@code software.amazon.awssdk:s3} and {@code url-connection-client} beside this library.
     */
    public Builder mediaOnS3(@Nullable S3MediaSettings value) {
      settings.mediaOnS3 = value;
      return this;
    }

    /** Most bytes of a file; 1,000,000,000 by default and at most, as at Langfuse. */
    public Builder mediaLimit(long value) {
      settings.mediaLimit = value;
      return this;
    }

    /** For tests that own the time. */
    public Builder clock(Clock value) {
      settings.clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /** Largest request body as received, and what a compressed one may expand to. */
    public Builder bodyLimits(long received, long expanded) {
      settings.bodyLimit = received;
      settings.expandedLimit = expanded;
      return this;
    }

    /** How many connections there may be; 8,192 by default. More wait until one is closed. */
    public Builder connections(int value) {
      settings.connections = value;
      return this;
    }

    /**
     * How often clients are looked at that send or are sent a body; 30 seconds by default. Who has
     * moved less than 240 bytes per second since is disconnected.
     */
    public Builder clientPatience(Duration value) {
      settings.clientPatience = Objects.requireNonNull(value, "clientPatience");
      return this;
    }

    /**
     * How long a database may answer nobody, while as many requests as may wait for it do, before
     * further ones are refused with 503; 5 seconds by default.
     */
    public Builder storePatience(Duration value) {
      settings.storePatience = Objects.requireNonNull(value, "storePatience");
      return this;
    }

    /** Deletes traces that are older; by default they are kept. */
    public Builder keep(@Nullable Duration value) {
      settings.keep = value;
      return this;
    }

    /** Deletes the oldest traces while the database holds more bytes; by default it may grow. */
    public Builder keepBytes(long value) {
      settings.keepBytes = value;
      return this;
    }

    /** Appends one line of JSON per request to a file; by default there is no such file. */
    public Builder requestLog(@Nullable Path value) {
      settings.requestLog = value;
      return this;
    }

    /**
     * What may be acknowledged ahead of the store, on disk, before more is refused; 1 GiB by
     * default.
     */
    public Builder journalBytes(long value) {
      settings.journalBytes = value;
      return this;
    }

    /** What unfinished requests may hold together; a quarter of the heap by default. */
    public Builder memoryBytes(long value) {
      settings.memoryBytes = value;
      return this;
    }

    /**
     * Opens the store and listens.
     *
     * @throws StartException if the settings, the folder or the port do not allow it
     */
    public LangfuseServer start() {
      settings.check();
      return new LangfuseServer(settings.host, ServerParts.start(settings));
    }
  }
}
