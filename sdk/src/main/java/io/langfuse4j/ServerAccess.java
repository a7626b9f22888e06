package io.langfuse4j;

import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.Transport;
import io.langfuse4j.dataset.Datasets;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.HttpTransport;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.media.MediaResolver;
import io.langfuse4j.internal.media.MediaUpload;
import io.langfuse4j.internal.media.MediaUploader;
import io.langfuse4j.prompt.Prompts;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the application asks of the server, as opposed to what is sent in the background. Works
 * where tracing is off but there are keys; starts nothing before the first request.
 *
 * <p>Thread-safe.
 */
final class ServerAccess {

  private static final int BACKGROUND_THREADS = 4;
  private static final int MOST_WAITING = 1_000;
  private static final long IDLE_SECONDS = 5;

  private final Configuration configuration;
  private final Connection.@Nullable Target target;
  private final Map<String, String> headers;
  private final Object lock = new Object();
  private final LangfuseApi api;
  private final ThreadPoolExecutor background;
  private final Prompts prompts;
  private @Nullable LangfuseHttp http;
  private boolean closed;

  ServerAccess(
      Configuration configuration,
      Connection.@Nullable Target target,
      Map<String, String> headers) {
    this.configuration = configuration;
    this.target = target;
    this.headers = headers;
    this.api =
        new LangfuseApi(
            (method, path, body, timeout) -> transport().send(method, path, body, timeout));
    this.background =
        new ThreadPoolExecutor(
            BACKGROUND_THREADS,
            BACKGROUND_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            ServerAccess::daemon);
    background.allowCoreThreadTimeOut(true);
    this.prompts =
        new Prompts(
            api,
            configuration.get(Settings.PROMPT_CACHE_TTL),
            configuration.get(Settings.TIMEOUT),
            background);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "langfuse-prompts");
    thread.setDaemon(true);
    return thread;
  }

  private Transport transport() {
    return new HttpTransport(http());
  }

  private LangfuseHttp http() {
    synchronized (lock) {
      if (closed) {
        throw LangfuseApiException.notConnected("The Langfuse client is closed.");
      }
      if (target == null) {
        throw LangfuseApiException.notConnected(
            "There is no server to ask: set LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and"
                + " LANGFUSE_BASE_URL.");
      }
      if (http == null) {
        http =
            new LangfuseHttp(
                target.baseUrl(),
                target.publicKey(),
                target.secretKey(),
                headers,
                configuration.get(Settings.TIMEOUT));
      }
      return http;
    }
  }

  boolean isConnected() {
    return target != null;
  }

  @Nullable String baseUrl() {
    return target == null ? null : target.baseUrl().toString();
  }

  LangfuseApi api() {
    return api;
  }

  Prompts prompts() {
    return prompts;
  }

  Datasets datasets() {
    return new Datasets(api, this::upload);
  }

  /** Null if there is no server. */
  @Nullable MediaResolver mediaResolver() {
    return target == null
        ? null
        : new MediaResolver(api, this::http, configuration.get(Settings.TIMEOUT));
  }

  private void upload(MediaUpload upload) {
    if (!configuration.get(Settings.MEDIA_UPLOAD_ENABLED)) {
      throw new IllegalStateException(
          "An item of a dataset has a file, and LANGFUSE_MEDIA_UPLOAD_ENABLED is false.");
    }
    new MediaUploader(api, this::http, configuration.get(Settings.TIMEOUT)).upload(upload);
  }

  void close() {
    synchronized (lock) {
      closed = true;
      if (http != null) {
        http.close();
      }
    }
    background.shutdownNow();
  }
}
