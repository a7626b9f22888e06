package io.langfuse4j.internal.media;

/** Runs of base64 characters, standard or URL-safe. */
final class Base64Text {

  private static final boolean[] ALPHABET = alphabet();

  private Base64Text() {}

  private static boolean[] alphabet() {
    boolean[] alphabet = new boolean[128];
    for (char c : "+/-_".toCharArray()) {
      alphabet[c] = true;
    }
    for (char c = 0; c < 128; c++) {
      alphabet[c] |= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
    return alphabet;
  }

  /**
   * Whether a run of at least {@code length} characters may be in the text; false is certain. Looks
   * at one character in {@code length / 2} and only follows those that belong to the alphabet.
   */
  static boolean mayHaveRun(String text, int length) {
    int step = length / 2;
    for (int i = step - 1; i < text.length(); i += step) {
      int start = i;
      while (start >= 0 && i - start < step && isBase64(text.charAt(start))) {
        start--;
      }
      if (i - start == step) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBase64(char c) {
    return c < ALPHABET.length && ALPHABET[c];
  }

  /** The index behind the base64 that starts at {@code start}, padding included. */
  static int end(String text, int start) {
    int end = start;
    while (end < text.length() && isBase64(text.charAt(end))) {
      end++;
    }
    for (int padding = 0; padding < 2 && end < text.length() && text.charAt(end) == '='; ) {
      end++;
      padding++;
    }
    return end;
  }
}
