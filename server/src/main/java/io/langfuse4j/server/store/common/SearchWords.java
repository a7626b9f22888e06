package io.langfuse4j.server.store.common;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of texts, as the search index knows them: runs of letters and digits in lower case;
 * scripts without spaces give one word per character. Escapes of JSON texts are read as what they
 * stand for. Confined to one thread.
 */
public final class SearchWords {
  /** Longer runs are encoded bytes rather than language; their start is enough to find them. */
  private static final int LONGEST = 40;

  /** So that one enormous text cannot fill the index. */
  private static final int MOST = 20_000;

  private final Set<String> words = new LinkedHashSet<>();
  private final StringBuilder word = new StringBuilder();

  /** The words of what somebody searches for, in order. */
  public static Set<String> of(String text) {
    SearchWords words = new SearchWords();
    words.addPlain(text);
    return words.words;
  }

  public void add(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    char first = text.charAt(0);
    if (first == '{' || first == '[') {
      addJson(text);
    } else {
      addPlain(text);
    }
  }

  /** All words with spaces between them; empty if there are none. */
  public String joined() {
    return String.join(" ", words);
  }

  private void addPlain(String text) {
    for (int i = 0; i < text.length() && words.size() < MOST; ) {
      int c = text.codePointAt(i);
      accept(c);
      i += Character.charCount(c);
    }
    end();
  }

  private void addJson(String text) {
    for (int i = 0; i < text.length() && words.size() < MOST; ) {
      int c = text.codePointAt(i);
      if (c != '\\' || i + 1 >= text.length()) {
        accept(c);
        i += Character.charCount(c);
      } else if (text.charAt(i + 1) == 'u' && i + 6 <= text.length()) {
        accept(hex(text, i + 2));
        i += 6;
      } else {
        end();
        i += 2;
      }
    }
    end();
  }

  /** The UTF-16 unit of an escape; half a pair counts as a separator, as all it could be is one. */
  private static int hex(String text, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return ' ';
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void accept(int c) {
    if (c < 128) {
      acceptAscii((char) c);
    } else if (isWordOfItsOwn(c)) {
      end();
      word.appendCodePoint(c);
      end();
    } else if (Character.isLetterOrDigit(c) || isMark(c)) {
      if (word.length() < LONGEST) {
        word.appendCodePoint(Character.toLowerCase(c));
      }
    } else {
      end();
    }
  }

  private void acceptAscii(char c) {
    if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
      if (word.length() < LONGEST) {
        word.append(c);
      }
    } else if (c >= 'A' && c <= 'Z') {
      if (word.length() < LONGEST) {
        word.append((char) (c + ('a' - 'A')));
      }
    } else {
      end();
    }
  }

  private static boolean isWordOfItsOwn(int c) {
    if (Character.isIdeographic(c)) {
      return true;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA
        || script == Character.UnicodeScript.THAI;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private void end() {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** Whether the search ends within a word, which then may go on. */
  public static boolean endsOpen(String search) {
    if (search.isEmpty()) {
      return false;
    }
    int last = search.codePointBefore(search.length());
    return Character.isLetterOrDigit(last) && !isWordOfItsOwn(last);
  }
}
