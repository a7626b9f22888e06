package io.langfuse4j.server.pricing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Searches with patterns that anybody may have written: one that does not compile finds nothing,
 * and so does one that would search for ever. Thread-safe.
 */
public final class SafePattern {
  private static final int LONGEST = 10_000;
  private static final int MOST_KEPT = 5_000;

  /** How often a search may look at a character; some ten milliseconds. */
  private static final int PATIENCE = 1_000_000;

  private static final Map<String, Optional<SafePattern>> KEPT = new ConcurrentHashMap<>();

  /** What PostgreSQL, for which Langfuse's users write their patterns, calls otherwise. */
  private static final Map<String, String> DIALECT =
      Map.ofEntries(
          Map.entry("[:alnum:]", "\\p{Alnum}"),
          Map.entry("[:alpha:]", "\\p{Alpha}"),
          Map.entry("[:digit:]", "\\p{Digit}"),
          Map.entry("[:lower:]", "\\p{Lower}"),
          Map.entry("[:upper:]", "\\p{Upper}"),
          Map.entry("[:punct:]", "\\p{Punct}"),
          Map.entry("[:space:]", "\\s"),
          Map.entry("[:xdigit:]", "\\p{XDigit}"),
          Map.entry("\\m", "\\b(?=\\w)"),
          Map.entry("\\M", "\\b(?<=\\w)"),
          Map.entry("\\y", "\\b"),
          Map.entry("\\Y", "\\B"));

  private static final Pattern FOREIGN = Pattern.compile("\\[:[a-z]{5,6}:\\]|\\\\\\\\|\\\\[mMyY]");

  private final Pattern pattern;

  private SafePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Null if it cannot be used. */
  public static @Nullable SafePattern of(String regex, boolean caseSensitive) {
    String key = caseSensitive + regex;
    Optional<SafePattern> known = KEPT.get(key);
    if (known == null) {
      known = Optional.ofNullable(compile(regex, caseSensitive));
      if (KEPT.size() < MOST_KEPT) {
        KEPT.put(key, known);
      }
    }
    return known.orElse(null);
  }

  private static @Nullable SafePattern compile(String regex, boolean caseSensitive) {
    if (regex.length() > LONGEST) {
      return null;
    }
    String translated =
        FOREIGN
            .matcher(regex)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(DIALECT.getOrDefault(found.group(), found.group())));
    try {
      return new SafePattern(
          Pattern.compile(translated, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException | StackOverflowError e) {
      return null;
    }
  }

  public boolean isFoundIn(String text) {
    try {
      return pattern.matcher(new Impatient(text, new int[] {PATIENCE}, 0, text.length())).find();
    } catch (OutOfPatienceException | StackOverflowError e) {
      return false;
    }
  }

  /** Text that may be looked at so many times only. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Impatient(String text, int[] left, int start, int end) implements CharSequence {
    @Override
    public int length() {
      return end - start;
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new OutOfPatienceException();
      }
      return text.charAt(start + index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Impatient(text, left, start + from, start + to);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }

  private static final class OutOfPatienceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfPatienceException() {
      super(null, null, false, false);
    }
  }
}
