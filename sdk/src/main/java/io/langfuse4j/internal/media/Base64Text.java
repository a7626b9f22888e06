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

  /** The index behind the base64 that starts at {@code start}, padding included. */
  static int end(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) < 128 && ALPHABET[text.charAt(end)]) {
      end++;
    }
    for (int padding = 0; padding < 2 && end < text.length() && text.charAt(end) == '='; ) {
      end++;
      padding++;
    }
    return end;
  }
}
