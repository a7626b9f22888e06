package io.langfuse4j.instrumentation;

import io.langfuse4j.PropagationScope;
import io.langfuse4j.prompt.Prompt;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about the calls of a library that it does not make observations for
 * itself: their name, metadata and prompt. Kept in the OpenTelemetry context, so it holds for
 * everything that is called inside, on whatever thread the context reaches.
 *
 * <p>Set in a lambda and not changed afterwards; safe to share then.
 */
public final class ModelCallOptions {

  private static final ContextKey<ModelCallOptions> KEY =
      ContextKey.named("langfuse.model-call-options");

  private @Nullable String name;
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private @Nullable String promptName;
  private int promptVersion;

  /** No options. */
  public ModelCallOptions() {}

  private ModelCallOptions(ModelCallOptions base) {
    add(base);
  }

  /** Names the observations. */
  public ModelCallOptions name(String name) {
    this.name = name;
    return this;
  }

  /** Adds to the metadata of the observations. */
  public ModelCallOptions metadata(String key, @Nullable Object value) {
    if (value != null) {
      metadata.put(key, value);
    }
    return this;
  }

  /** Adds each entry to the metadata of the observations. */
  public ModelCallOptions metadata(Map<String, ?> entries) {
    entries.forEach(this::metadata);
    return this;
  }

  /** Links the observations to a version of a prompt in Langfuse's prompt management. */
  public ModelCallOptions prompt(String name, int version) {
    promptName = name;
    promptVersion = version;
    return this;
  }

  /** Links the observations to {@code prompt}; a fallback is not linked, the server has none. */
  public ModelCallOptions prompt(Prompt prompt) {
    return prompt.isFallback() ? this : prompt(prompt.name(), prompt.version());
  }

  /**
   * Makes calls with options: their name, metadata, or a link to a prompt.
   *
   * @return what {@code calls} returns
   */
  @SuppressWarnings("try") // the scope is the point
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    ModelCallOptions chosen = new ModelCallOptions();
    options.accept(chosen);
    try (Scope scope = chosen.inCurrentContext().makeCurrent()) {
      return calls.call();
    }
  }

  /** The current context with these options in it; what they leave open stays as it is. */
  public Context inCurrentContext() {
    Context context = Context.current();
    return context.with(KEY, over(context.get(KEY)));
  }

  /** These options where the context says nothing else. */
  ModelCallOptions withCurrent() {
    ModelCallOptions current = Context.current().get(KEY);
    return current == null ? this : current.over(this);
  }

  private ModelCallOptions over(@Nullable ModelCallOptions base) {
    return base == null ? this : new ModelCallOptions(base).add(this);
  }

  /** Takes over what {@code other} says. */
  public ModelCallOptions add(ModelCallOptions other) {
    if (other.name != null) {
      name = other.name;
    }
    metadata.putAll(other.metadata);
    if (other.promptName != null) {
      promptName = other.promptName;
      promptVersion = other.promptVersion;
    }
    return this;
  }

  @Nullable String name() {
    return name;
  }

  Map<String, Object> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  @Nullable String promptName() {
    return promptName;
  }

  int promptVersion() {
    return promptVersion;
  }
}
