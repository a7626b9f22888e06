package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.TraceUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered in a trace, as lists show it: the beginning of a text, and of a
 * conversation what was said last.
 *
 * @param input null where there is none
 * @param output likewise
 */
public record Preview(@Nullable String input, @Nullable String output) {
  private static final int LENGTH = 200;

  public static Preview of(TraceUpdate update) {
    return new Preview(
        beginning(update.input(), ChatText.Side.INPUT),
        beginning(update.output(), ChatText.Side.OUTPUT));
  }

  private static @Nullable String beginning(@Nullable String text, ChatText.Side side) {
    if (text == null) {
      return null;
    }
    String said = ChatText.last(text, side);
    return head(said == null ? text : said);
  }

  private static String head(String text) {
    int end = Math.min(text.length(), LENGTH);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
