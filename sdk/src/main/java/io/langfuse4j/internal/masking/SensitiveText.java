package io.langfuse4j.internal.masking;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One shape of text that is replaced wherever it stands. All patterns are linear in the length of
 * the text: no nested repetition.
 *
 * @param hint whether the pattern can match at all; cheap, because nearly every text has nothing to
 *     hide and a pattern takes a hundred times as long as looking for a character. True for any
 *     text that contains one for which it is true
 * @param pattern finds candidates
 * @param replacement stands in their place
 * @param isReal tells a card number from any other sixteen digits
 */
public record SensitiveText(
    Predicate<String> hint, Pattern pattern, String replacement, Predicate<String> isReal) {

  /** Credentials that can be told by their shape. */
  public static final List<SensitiveText> SECRETS =
      List.of(
          rule(
              text -> containsIgnoringCase(text, "bearer") || containsIgnoringCase(text, "basic"),
              "(?i)\\b(?:bearer|basic)\\s+[a-z0-9._~+/=-]{8,}",
              "<token>"),
          rule(text -> text.contains("k-"), "\\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}", "<api key>"),
          rule(
              text -> text.indexOf('_') >= 0 && text.contains("gh"),
              "\\bgh[pousr]_[A-Za-z0-9]{20,}",
              "<api key>"),
          rule(text -> text.contains("AKIA"), "\\bAKIA[0-9A-Z]{16}\\b", "<api key>"),
          rule(text -> text.contains("AIza"), "\\bAIza[0-9A-Za-z_-]{35}", "<api key>"),
          rule(
              text -> text.contains("eyJ"),
              "\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*",
              "<token>"));

  /** What identifies a person or an account. */
  public static final List<SensitiveText> PERSONAL_DATA =
      List.of(
          rule(
              text -> text.indexOf('@') >= 0,
              "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}\\.[A-Za-z]{2,24}",
              "<email>"),
          new SensitiveText(
              text -> hasDigits(text, 2),
              Pattern.compile("\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b"),
              "<iban>",
              SensitiveText::isIban),
          new SensitiveText(
              text -> hasDigits(text, 13),
              Pattern.compile("\\b[0-9](?:[ -]?[0-9]){12,18}\\b"),
              "<card>",
              SensitiveText::isCard),
          rule(
              text -> text.indexOf('+') >= 0 && hasDigits(text, 7),
              "(?<![\\w+])\\+[0-9](?:[ ()./-]{0,2}[0-9]){6,14}\\b",
              "<phone>"));

  private static SensitiveText rule(Predicate<String> hint, String regex, String replacement) {
    return new SensitiveText(hint, Pattern.compile(regex), replacement, match -> true);
  }

  private static boolean containsIgnoringCase(String text, String lower) {
    char first = lower.charAt(0);
    for (int i = 0; i <= text.length() - lower.length(); i++) {
      if ((text.charAt(i) | 0x20) == first
          && text.regionMatches(true, i, lower, 0, lower.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigits(String text, int least) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < least; i++) {
      char c = text.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return digits >= least;
  }

  /** Whether one of the rules could find something. */
  public static boolean mayBeIn(List<SensitiveText> rules, String text) {
    for (SensitiveText rule : rules) {
      if (rule.hint.test(text)) {
        return true;
      }
    }
    return false;
  }

  /** Applies each rule in turn. */
  public static String replaceAll(List<SensitiveText> rules, String text) {
    String masked = text;
    for (SensitiveText rule : rules) {
      masked = rule.replaceIn(masked);
    }
    return masked;
  }

  private String replaceIn(String text) {
    if (!hint.test(text)) {
      return text;
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    do {
      String match = matcher.group();
      matcher.appendReplacement(
          masked, Matcher.quoteReplacement(isReal.test(match) ? replacement : match));
    } while (matcher.find());
    return matcher.appendTail(masked).toString();
  }

  /** The Luhn check, which one in ten random numbers passes. */
  private static boolean isCard(String text) {
    int sum = 0;
    boolean doubled = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit >= 0) {
        int value = doubled ? digit * 2 : digit;
        sum += value > 9 ? value - 9 : value;
        doubled = !doubled;
      }
    }
    return sum % 10 == 0;
  }

  /** ISO 13616: the rearranged number leaves 1 when divided by 97. */
  private static boolean isIban(String text) {
    String compact = text.replace(" ", "");
    if (compact.length() < 15 || compact.length() > 34) {
      return false;
    }
    String rearranged = compact.substring(4) + compact.substring(0, 4);
    int remainder = 0;
    for (int i = 0; i < rearranged.length(); i++) {
      int value = Character.digit(rearranged.charAt(i), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }
}
