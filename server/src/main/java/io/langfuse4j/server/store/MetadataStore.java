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

  /** Finishes what was accepted. Further calls fail. */
  @Override
  void close();
}
