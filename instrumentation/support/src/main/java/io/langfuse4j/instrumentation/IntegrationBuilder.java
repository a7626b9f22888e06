package io.langfuse4j.instrumentation;

import io.langfuse4j.Langfuse;
import java.util.function.Supplier;

/**
 * The settings that all integrations have. Not thread-safe; what was wrapped is not affected by
 * later changes.
 *
 * @param <B> the builder itself
 */
public abstract class IntegrationBuilder<B extends IntegrationBuilder<B>> {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options = new ModelCallOptions();

  /** With a client that is found when the first call is made. */
  protected IntegrationBuilder(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  /** This. */
  protected abstract B self();

  /** Name of the observations. Default: by kind of call, such as {@code OpenAI-generation}. */
  public B name(String name) {
    options.name(name);
    return self();
  }

  /** Metadata of every observation. */
  public B metadata(String key, Object value) {
    options.metadata(key, value);
    return self();
  }

  /** Links every observation to a version of a prompt in Langfuse's prompt management. */
  public B prompt(String name, int version) {
    options.prompt(name, version);
    return self();
  }

  /** Finds the client. */
  protected final Supplier<Langfuse> langfuse() {
    return langfuse;
  }

  /** What was set so far. */
  protected final ModelCallOptions options() {
    return new ModelCallOptions().add(options);
  }
}
