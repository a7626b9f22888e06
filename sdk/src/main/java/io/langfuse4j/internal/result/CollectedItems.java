package io.langfuse4j.internal.result;

import io.langfuse4j.OutputTransform;
import io.langfuse4j.internal.Warnings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The items of a streamed result, so many of them. Thread-safe.
 *
 * <p>Text is turned into strings at once, because a buffer may be used again by its owner.
 */
final class CollectedItems {

  static final int MAX_ITEMS = 100_000;
  static final int MAX_CHARACTERS = 16 * 1024 * 1024;

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));

  private final List<Object> items = new ArrayList<>();
  private @Nullable ByteArrayOutputStream bytes;
  private boolean allText = true;
  private long characters;
  private long leftOut;

  synchronized void add(Object item) {
    Object kept = item instanceof CharSequence text ? text.toString() : item;
    long size = kept instanceof String text ? text.length() : 0;
    if (items.size() >= MAX_ITEMS || characters + size > MAX_CHARACTERS) {
      leftOut++;
      return;
    }
    characters += size;
    allText &= kept instanceof String;
    items.add(kept);
  }

  /** A piece of UTF-8 text, which may begin or end in the middle of a character. */
  synchronized void addBytes(byte[] buffer, int offset, int length) {
    ByteArrayOutputStream all = bytes;
    if (all == null) {
      all = new ByteArrayOutputStream();
      bytes = all;
    }
    all.write(buffer, offset, Math.min(length, MAX_CHARACTERS - all.size()));
  }

  /** Null records nothing. */
  synchronized @Nullable Object value(@Nullable OutputTransform transform) {
    if (bytes != null) {
      items.add(bytes.toString(StandardCharsets.UTF_8));
    }
    if (transform != null) {
      try {
        return transform.apply(Collections.unmodifiableList(items));
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        String name = transform.getClass().getName();
        warnings.once(name, name + " failed; the items are recorded as they are.", e);
      }
    }
    return allText ? text() : list();
  }

  private String text() {
    StringBuilder text = new StringBuilder((int) characters + 32);
    items.forEach(text::append);
    if (leftOut > 0) {
      text.append('<').append(leftOut).append(" more items>");
    }
    return text.toString();
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>(items);
    if (leftOut > 0) {
      list.add("<" + leftOut + " more items>");
    }
    return list;
  }
}
