package io.langfuse4j.server.store;

import io.langfuse4j.server.pricing.Pricer;

/**
 * Keeps everything that is not traces, observations and scores, and that several servers may share.
 * The promises are those of {@link TraceStore}. Thread-safe.
 */
public interface MetadataStore extends ModelStore, ScoreConfigStore, AutoCloseable {
  PromptStore prompts();

  DatasetStore datasets();

  /** The projects that everything belongs to, and their keys. */
  ProjectStore projects();

  /** Whose files are whose. */
  MediaStore media();

  AnnotationStore annotations();

  /** Prices observations by the models that are kept here. */
  Pricer pricer();

  /**
   * Has a listener called soon after models or keys have changed, if other servers may change them:
   * a second, or a little more while the database is slow.
   */
  default void onForeignChange(Runnable listener) {}

  /**
   * Looks right now whether models or keys have changed, and tells the listeners before it returns;
   * gives up after half a second.
   */
  default void lookForForeignChanges() {}

  /**
   * Reads something small.
   *
   * @throws StoreException if that cannot be done
   */
  void reach();

  /** Finishes what was accepted. Further calls fail. */
  @Override
  void close();
}
