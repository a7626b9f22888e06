package io.langfuse4j.internal.json;

import java.util.Locale;

/** The texts that stand where a value could not. */
final class Markers {

  private Markers() {}

  /** {@code <SimpleName>}, as the Python SDK writes what it does not open. */
  static String unopened(Class<?> type) {
    return "<" + nameOf(type) + ">";
  }

  static String failed(Class<?> type, Throwable why) {
    return "<" + nameOf(type) + ": " + nameOf(why.getClass()) + ">";
  }

  static String more(long count, String what) {
    return String.format(Locale.ROOT, "<%,d more %s not recorded>", count, what);
  }

  static String nameOf(Class<?> type) {
    String name = type.getSimpleName();
    if (name.isEmpty()) {
      name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    }
    return name;
  }

  static final String OMITTED = "<truncated>";

  /** The first {@code keep} characters and a note of how many are missing. */
  static String truncate(String text, int keep) {
    int end = Math.max(0, keep);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end)
        + String.format(
            Locale.ROOT,
            "<truncated: %,d of %,d characters not recorded>",
            text.length() - end,
            text.length());
  }
}
