package io.langfuse4j.internal.json;

/** Text that UTF-8 can carry. */
final class Surrogates {

  private Surrogates() {}

  /** Replaces each half of a surrogate pair that lacks its other half by U+FFFD. */
  static void replaceUnpaired(char[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text[i])) {
        if (i + 1 < length && Character.isSurrogatePair(text[i], text[i + 1])) {
          i++;
        } else {
          text[i] = '\uFFFD';
        }
      }
    }
  }
}
