package io.langfuse4j.internal.json;

/** How much of a text fits into a number of bytes. */
final class TextBudget {

  private TextBudget() {}

  /** Characters that fit into {@code room} bytes of UTF-8. */
  static int utf8Prefix(String text, int room) {
    return text.length() * 3L <= room ? text.length() : prefix(text, room, false);
  }

  /** Characters that fit into {@code room} bytes of a JSON string in UTF-8, escapes included. */
  static int jsonPrefix(String text, int room) {
    return text.length() * 6L <= room ? text.length() : prefix(text, room, true);
  }

  private static int prefix(String text, int room, boolean json) {
    long left = room;
    for (int i = 0; i < text.length(); i++) {
      left -= size(text.charAt(i), json);
      if (left < 0) {
        return i;
      }
    }
    return text.length();
  }

  private static int size(char c, boolean json) {
    if (Character.isSurrogate(c)) {
      // Two halves are four bytes; in JSON a half alone becomes U+FFFD, which is three.
      return json ? 3 : 2;
    }
    if (json && c < ' ') {
      return c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 2 : 6;
    }
    if (json && (c == '"' || c == '\\')) {
      return 2;
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
  }
}
