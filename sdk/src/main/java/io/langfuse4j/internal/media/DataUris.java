package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;

/**
 * Finds {@code data:<type>;base64,<data>} anywhere in a text. No character of it is escaped in
 * JSON, so that the text need not be parsed.
 */
final class DataUris {

  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64,";

  /** Types with all their parameters are shorter. */
  private static final int LONGEST_HEADER = 200;

  /** How a text says that the rest of it was not recorded. */
  private static final String CUT = "<truncated";

  private DataUris() {}

  static boolean mayBeIn(String text) {
    return text.contains(BASE64);
  }

  static void find(String text, MediaEdits edits) {
    int marker = text.indexOf(BASE64);
    while (marker >= 0) {
      int data = marker + BASE64.length();
      int start = startOfHeader(text, marker);
      int end = Base64Text.end(text, data);
      if (start >= 0 && end > data) {
        boolean whole = !text.startsWith(CUT, end);
        edits.add(
            start,
            end,
            whole ? LangfuseMedia.ofDataUri(text.substring(start, end)) : cut(text, start, marker));
      }
      marker = text.indexOf(BASE64, end);
    }
  }

  /** Part of a file is not the file. */
  private static LangfuseMedia cut(String text, int start, int marker) {
    return LangfuseMedia.of(new byte[0], text.substring(start + SCHEME.length(), marker));
  }

  private static int startOfHeader(String text, int marker) {
    int start = text.lastIndexOf(SCHEME, marker);
    if (start < 0 || marker - start > LONGEST_HEADER || marker == start + SCHEME.length()) {
      return -1;
    }
    for (int i = start + SCHEME.length(); i < marker; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == '\\' || c == ',' || c > '~') {
        return -1;
      }
    }
    return start;
  }
}
