package io.langfuse4j;

import org.jspecify.annotations.Nullable;

/**
 * Hides what must not leave the application. Sees every text of every span that is sent, ours and
 * other people's: inputs, outputs, metadata, names, status messages, exception messages and stack
 * traces. Runs on the export thread, never on the application's.
 *
 * <p>Fails closed: a mask that throws costs the value, which is replaced by a marker, not the
 * observation and not the application. {@link Masks} has ready-made ones.
 *
 * <p>Must be thread-safe.
 */
@FunctionalInterface
public interface Mask {

  /**
   * Returns what may be sent in place of {@code text}.
   *
   * @param key the attribute the text belongs to, such as {@code langfuse.observation.input};
   *     {@code name}, {@code status.message} and {@code event.name} for what is not an attribute
   * @param text the text; JSON unless the application gave a string
   * @return null replaces the text by a marker
   */
  @Nullable String mask(String key, String text);

  /** This mask, and then {@code next} on what it left. */
  default Mask and(Mask next) {
    return (key, text) -> {
      String masked = mask(key, text);
      return masked == null ? null : next.mask(key, masked);
    };
  }
}
