package io.langfuse4j.internal.json;

import io.langfuse4j.media.LangfuseMedia;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what an application passes as input, output or metadata into attribute text: strings stay
 * as they are, everything else becomes JSON.
 *
 * <p>Never throws. A value that cannot be encoded leaves a marker such as {@code "<Socket>"} in its
 * place and its neighbours untouched. Cycles, depth, breadth and size are bounded by {@link
 * EncodingLimits}; streams, futures, iterators, lazy collections and proxies are named, never
 * consumed, initialised or called.
 *
 * <p>Thread-safe. Encoding state is pooled by thread number rather than kept in a thread-local,
 * because applications that call models on virtual threads have very many short-lived threads.
 */
public final class ContentEncoder {

  private final EncodingLimits limits;
  private final Consumer<LangfuseMedia> media;
  private final BeanSerializers beans = new BeanSerializers();
  private final AtomicReferenceArray<JsonWalk> idle =
      new AtomicReferenceArray<>(poolSize(Runtime.getRuntime().availableProcessors()));

  public ContentEncoder(EncodingLimits limits) {
    this(limits, media -> {});
  }

  /**
   * Creates an encoder.
   *
   * @param media takes the files whose references are in the text; must be thread-safe
   */
  public ContentEncoder(EncodingLimits limits, Consumer<LangfuseMedia> media) {
    this.limits = limits;
    this.media = media;
  }

  private static int poolSize(int processors) {
    return Integer.highestOneBit(Math.max(4, processors * 2 - 1)) * 2;
  }

  /** Null for null; a string as it is, cut at the size limit; JSON for everything else. */
  public @Nullable String encode(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof String string) {
      int fits = TextBudget.utf8Prefix(string, limits.maxBytes());
      return fits == string.length() ? string : Markers.truncate(string, fits);
    }
    return encodeJson(value);
  }

  /** JSON text, also for strings. */
  public String encodeJson(Object value) {
    int slot = (int) Thread.currentThread().getId() & (idle.length() - 1);
    JsonWalk walk = idle.getAndSet(slot, null);
    if (walk == null) {
      walk = new JsonWalk(limits, beans, media);
    }
    try {
      return walk.encode(value);
    } finally {
      if (walk.reusable()) {
        idle.set(slot, walk);
      }
    }
  }
}
