package io.langfuse4j.prompt;

import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.prompt.PromptCache.CacheKey;
import io.langfuse4j.prompt.PromptCache.Cached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Prompts by name, kept so that a call costs a request only once in a while.
 *
 * <pre>{@code
 * TextPrompt prompt = langfuse.prompts().getText("movie-critic", o -> o.fallback("Rate {{movie}}."));
 * String text = prompt.compile(Map.of("movie", "Dune")).text();
 * langfuse.observe("rate", GENERATION, generation -> ask(generation.prompt(prompt).input(text)));
 * }</pre>
 *
 * <p>A prompt is fresh for a minute unless told otherwise. Afterwards it is still returned at once,
 * and fetched again in the background; if that fails it is kept, unless the server says that it is
 * gone. The first call for a prompt waits for the server, at most for the client's timeout, and
 * calls for the same prompt wait for the same request. A prompt that cannot be had is the fallback
 * if there is one; else the call throws.
 *
 * <p>Thread-safe. Keeps at most 1,000 prompts.
 */
public final class Prompts {

  private static final Warnings warnings = new Warnings(Logger.getLogger(Prompts.class.getName()));

  private final LangfuseApi api;
  private final Duration timeToLive;
  private final Duration timeout;
  private final Executor executor;
  private final PromptCache cache;
  private final ConcurrentMap<CacheKey, CompletableFuture<Prompt>> fetches =
      new ConcurrentHashMap<>();
  private final Set<CacheKey> refreshing = ConcurrentHashMap.newKeySet();

  /**
   * Prompts of one project; {@code langfuse.prompts()} has those of the client.
   *
   * @param timeToLive how long a prompt is fresh
   * @param timeout how long a call waits for the server in all
   * @param executor fetches in the background
   */
  public Prompts(LangfuseApi api, Duration timeToLive, Duration timeout, Executor executor) {
    this(api, timeToLive, timeout, executor, System::nanoTime);
  }

  Prompts(
      LangfuseApi api,
      Duration timeToLive,
      Duration timeout,
      Executor executor,
      LongSupplier nanoClock) {
    this.api = api;
    this.timeToLive = timeToLive;
    this.timeout = timeout;
    this.executor = executor;
    this.cache = new PromptCache(nanoClock);
  }

  /** The text prompt of that name with the label {@code production}. */
  public TextPrompt getText(String name) {
    return getText(name, options -> {});
  }

  /**
   * A text prompt.
   *
   * @throws LangfuseApiException if it cannot be had and there is no fallback
   * @throws IllegalArgumentException if the name is empty, or both version and label are given
   * @throws IllegalStateException if it is a chat prompt and there is no fallback
   */
  public TextPrompt getText(String name, Consumer<? super PromptOptions> options) {
    return typed(TextPrompt.class, name, options);
  }

  /** The chat prompt of that name with the label {@code production}. */
  public ChatPrompt getChat(String name) {
    return getChat(name, options -> {});
  }

  /** A chat prompt; throws as {@link #getText(String, Consumer)} does. */
  public ChatPrompt getChat(String name, Consumer<? super PromptOptions> options) {
    return typed(ChatPrompt.class, name, options);
  }

  /** A prompt of whichever kind; throws as {@link #getText(String, Consumer)} does. */
  public Prompt get(String name, Consumer<? super PromptOptions> options) {
    return typed(Prompt.class, name, options);
  }

  /** {@link #getText(String, Consumer)} without waiting; fails as that throws. */
  public CompletableFuture<TextPrompt> getTextAsync(
      String name, Consumer<? super PromptOptions> options) {
    return typedAsync(TextPrompt.class, name, options);
  }

  /** {@link #getChat(String, Consumer)} without waiting; fails as that throws. */
  public CompletableFuture<ChatPrompt> getChatAsync(
      String name, Consumer<? super PromptOptions> options) {
    return typedAsync(ChatPrompt.class, name, options);
  }

  /** {@link #get(String, Consumer)} without waiting; fails as that throws. */
  public CompletableFuture<Prompt> getAsync(String name, Consumer<? super PromptOptions> options) {
    return typedAsync(Prompt.class, name, options);
  }

  /**
   * Fetches prompts before they are needed, in the background.
   *
   * @return completes, never with an exception, with the names that could not be had
   */
  public CompletableFuture<List<String>> warmUp(Collection<String> names) {
    List<String> missing = new ArrayList<>();
    List<CompletableFuture<?>> fetches = new ArrayList<>();
    for (String name : names) {
      fetches.add(
          typedAsync(Prompt.class, name, options -> {})
              .handle(
                  (prompt, failure) -> {
                    if (failure != null) {
                      synchronized (missing) {
                        missing.add(name);
                      }
                    }
                    return prompt;
                  }));
    }
    return CompletableFuture.allOf(fetches.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              synchronized (missing) {
                return List.copyOf(missing);
              }
            });
  }

  private <P extends Prompt> CompletableFuture<P> typedAsync(
      Class<P> type, String name, Consumer<? super PromptOptions> consumer) {
    PromptOptions options = options(name, consumer);
    Cached entry = cache.get(CacheKey.of(name, options));
    if (entry != null && !isUncached(options)) {
      return CompletableFuture.supplyAsync(() -> typed(type, name, options), Runnable::run);
    }
    try {
      return CompletableFuture.supplyAsync(() -> typed(type, name, options), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          LangfuseApiException.notConnected("The client is closed, or busy with other prompts."));
    }
  }

  private <P extends Prompt> P typed(
      Class<P> type, String name, Consumer<? super PromptOptions> consumer) {
    return typed(type, name, options(name, consumer));
  }

  private <P extends Prompt> P typed(Class<P> type, String name, PromptOptions options) {
    Prompt fallback = options.fallbackFor(name);
    if (fallback != null && !type.isInstance(fallback)) {
      throw new IllegalArgumentException(
          "The fallback of the prompt '" + name + "' is not a " + type.getSimpleName() + ".");
    }
    Prompt prompt = find(name, options, fallback);
    if (type.isInstance(prompt)) {
      return type.cast(prompt);
    }
    String mistake =
        "The prompt '"
            + name
            + "' is a "
            + prompt.getClass().getSimpleName()
            + ", not a "
            + type.getSimpleName()
            + ".";
    if (fallback == null) {
      throw new IllegalStateException(mistake);
    }
    warnings.once("kind " + name, mistake + " The fallback is used.");
    return type.cast(fallback);
  }

  private static PromptOptions options(String name, Consumer<? super PromptOptions> consumer) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("A prompt has a name that is not empty.");
    }
    PromptOptions options = new PromptOptions();
    consumer.accept(options);
    if (options.version() != null && options.label() != null) {
      throw new IllegalArgumentException(
          "The prompt '" + name + "' is asked for by version or by label, not by both.");
    }
    return options;
  }

  private Prompt find(String name, PromptOptions options, @Nullable Prompt fallback) {
    CacheKey key = CacheKey.of(name, options);
    Cached entry = isUncached(options) ? null : cache.get(key);
    if (entry == null) {
      return fetchNow(key, options, fallback);
    }
    if (!cache.isFresh(entry)) {
      refresh(key, options);
    }
    return entry.prompt();
  }

  private static boolean isUncached(PromptOptions options) {
    Duration own = options.cacheTtl();
    return own != null && (own.isZero() || own.isNegative());
  }

  private Prompt fetchNow(CacheKey key, PromptOptions options, @Nullable Prompt fallback) {
    try {
      return isUncached(options) ? fetch(key, options) : fetchOnce(key, options);
    } catch (LangfuseApiException e) {
      if (fallback == null) {
        throw e;
      }
      warnings.once(
          "fallback " + key, "The prompt '" + key.name() + "' is the fallback: " + e.getMessage());
      return fallback;
    }
  }

  /** Whoever comes first fetches, on its own thread; the others wait for it. */
  private Prompt fetchOnce(CacheKey key, PromptOptions options) {
    CompletableFuture<Prompt> own = new CompletableFuture<>();
    CompletableFuture<Prompt> other = fetches.putIfAbsent(key, own);
    if (other == null) {
      fetchFor(key, options, own);
      other = own;
    }
    try {
      return other.join();
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof LangfuseApiException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void fetchFor(CacheKey key, PromptOptions options, CompletableFuture<Prompt> fetch) {
    try {
      fetch.complete(fetch(key, options));
    } catch (RuntimeException | Error e) {
      fetch.completeExceptionally(e);
    } finally {
      fetches.remove(key, fetch);
    }
  }

  private Prompt fetch(CacheKey key, PromptOptions options) {
    Duration longest = options.timeout() == null ? timeout : options.timeout();
    Prompt prompt =
        Prompt.of(
            api.prompts()
                .get(
                    key.name(),
                    request ->
                        request
                            .query("version", key.version())
                            .query("label", key.label())
                            .timeout(longest)
                            .maxRetries(options.maxRetries())));
    cache.put(key, prompt, options.cacheTtl() == null ? timeToLive : options.cacheTtl());
    return prompt;
  }

  private void refresh(CacheKey key, PromptOptions options) {
    if (!refreshing.add(key)) {
      return;
    }
    try {
      executor.execute(() -> refreshNow(key, options));
    } catch (RejectedExecutionException e) {
      refreshing.remove(key); // the next call tries again
    }
  }

  private void refreshNow(CacheKey key, PromptOptions options) {
    try {
      Cached entry = cache.get(key);
      if (entry == null || !cache.isFresh(entry)) {
        fetchOnce(key, options);
      }
    } catch (LangfuseApiException e) {
      if (e.isNotFound()) {
        cache.removeIf(key::equals);
      } else {
        warnings.once(
            "refresh " + key,
            "The prompt '" + key.name() + "' could not be refreshed and stays: " + e.getMessage());
      }
    } finally {
      refreshing.remove(key);
    }
  }

  // Writing.

  /**
   * Stores a new version of a text prompt, without labels: it is found by its version or the label
   * {@code latest}, and by {@link #getText(String)} once it has the label {@code production}.
   */
  public TextPrompt createText(String name, String prompt) {
    return createText(name, prompt, draft -> {});
  }

  /** Stores a new version of a text prompt, with labels for example. */
  public TextPrompt createText(String name, String prompt, Consumer<? super PromptDraft> draft) {
    return (TextPrompt) create(new PromptDraft(name, prompt, "text"), name, draft);
  }

  /** Stores a new version of a chat prompt, without labels; see {@link #createText}. */
  public ChatPrompt createChat(String name, List<? extends PromptMessage> prompt) {
    return createChat(name, prompt, draft -> {});
  }

  /** Stores a new version of a chat prompt, with labels for example. */
  public ChatPrompt createChat(
      String name, List<? extends PromptMessage> prompt, Consumer<? super PromptDraft> draft) {
    List<?> maps = prompt.stream().map(PromptMessage::asMap).toList();
    return (ChatPrompt) create(new PromptDraft(name, maps, "chat"), name, draft);
  }

  private Prompt create(PromptDraft created, String name, Consumer<? super PromptDraft> draft) {
    draft.accept(created);
    Prompt prompt = Prompt.of(api.prompts().create(created.body()));
    clearCache(name);
    return prompt;
  }

  /** Gives a version further labels, which are taken from other versions. */
  public Prompt updateLabels(String name, int version, String... newLabels) {
    Prompt prompt = Prompt.of(api.prompts().updateLabels(name, version, Arrays.asList(newLabels)));
    clearCache(name);
    return prompt;
  }

  /** Deletes all versions. */
  public void delete(String name) {
    api.prompts().delete(name, null, null);
    clearCache(name);
  }

  /** Deletes one version. */
  public void delete(String name, int version) {
    api.prompts().delete(name, version, null);
    clearCache(name);
  }

  /** Forgets every prompt. */
  public void clearCache() {
    cache.removeIf(key -> true);
  }

  /** Forgets every version of this prompt, and of no other. */
  public void clearCache(String name) {
    cache.removeIf(key -> key.name().equals(name));
  }
}
