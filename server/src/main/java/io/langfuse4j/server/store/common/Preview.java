package io.langfuse4j.server.store.common;

import org.jspecify.annotations.Nullable;

/** The beginning of a text, as lists show it. */
public final class Preview {
  private static final int LENGTH = 200;

  private Preview() {}

  public static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int end = Math.min(text.length(), LENGTH);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
