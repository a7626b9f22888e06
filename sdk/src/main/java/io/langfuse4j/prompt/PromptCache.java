package io.langfuse4j.prompt;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Prompts by key, the least recently used one leaving when it is full. Thread-safe. */
final class PromptCache {

  static final int CAPACITY = 1_000;

  /** What tells one entry from another. */
  record CacheKey(String name, @Nullable Integer version, @Nullable String label) {

    static CacheKey of(String name, PromptOptions options) {
      String label = options.version() != null ? null : options.label();
      boolean implied = options.version() == null && label == null;
      return new CacheKey(name, options.version(), implied ? "production" : label);
    }
  }

  /** A prompt and until when it is fresh. */
  record Cached(Prompt prompt, long staleAt) {}

  private final LongSupplier nanoClock;
  private final Object lock = new Object();
  private final Map<CacheKey, Cached> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CacheKey, Cached> eldest) {
          return size() > CAPACITY;
        }
      };

  PromptCache(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Nullable Cached get(CacheKey key) {
    synchronized (lock) {
      return entries.get(key);
    }
  }

  boolean isFresh(Cached entry) {
    return entry.staleAt - nanoClock.getAsLong() >= 0;
  }

  void put(CacheKey key, Prompt prompt, Duration timeToLive) {
    // A duration that does not fit is as good as for ever.
    long nanos = timeToLive.toDays() > 36_500 ? Long.MAX_VALUE / 4 : timeToLive.toNanos();
    synchronized (lock) {
      entries.put(key, new Cached(prompt, nanoClock.getAsLong() + nanos));
    }
  }

  void removeIf(Predicate<CacheKey> condition) {
    synchronized (lock) {
      entries.keySet().removeIf(condition);
    }
  }
}
