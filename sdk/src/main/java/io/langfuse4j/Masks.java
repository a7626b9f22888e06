package io.langfuse4j;

import io.langfuse4j.internal.masking.JsonTextMask;
import io.langfuse4j.internal.masking.SensitiveText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ready-made masks, to be used as they are or joined with one's own by {@link Mask#and}.
 *
 * <pre>{@code
 * Langfuse langfuse = Langfuse.builder()
 *     .mask(Masks.secrets().and(Masks.personalData()))
 *     .build();
 * }</pre>
 *
 * <p>Text that is JSON is masked value by value and stays JSON.
 */
public final class Masks {

  private static final List<String> SECRET_KEYS =
      List.of(
          "password",
          "passwd",
          "secret",
          "client_secret",
          "authorization",
          "proxy_authorization",
          "cookie",
          "set_cookie",
          "api_key",
          "apikey",
          "x_api_key",
          "access_token",
          "refresh_token",
          "id_token",
          "private_key",
          "credentials");

  private Masks() {}

  /**
   * Values under keys such as {@code password}, {@code authorization} or {@code api_key}, whatever
   * their case and separators, and bearer tokens and well-known key shapes in any text.
   */
  public static Mask secrets() {
    return keys(SECRET_KEYS).and(replacing(SensitiveText.SECRETS));
  }

  /** E-mail addresses, payment card numbers, IBANs and international phone numbers in any text. */
  public static Mask personalData() {
    return replacing(SensitiveText.PERSONAL_DATA);
  }

  /** Whatever is under one of these keys in JSON; case, dashes and underscores do not matter. */
  public static Mask keys(Collection<String> keys) {
    Set<String> normalised = keys.stream().map(Masks::normalise).collect(Collectors.toSet());
    boolean escaped = normalised.stream().anyMatch(Masks::isEscapedInJson);
    return new JsonTextMask(
            text -> escaped || containsAny(normalise(text), normalised),
            key -> normalised.contains(normalise(key)),
            text -> text)
        ::mask;
  }

  private static boolean isEscapedInJson(String key) {
    return key.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c == '/');
  }

  private static boolean containsAny(String text, Set<String> keys) {
    for (String key : keys) {
      if (text.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** Every match of {@code pattern} in any text, replaced by {@code replacement}. */
  public static Mask pattern(Pattern pattern, String replacement) {
    return replacing(List.of(new SensitiveText(text -> true, pattern, replacement, match -> true)));
  }

  private static Mask replacing(List<SensitiveText> rules) {
    return new JsonTextMask(
            text -> SensitiveText.mayBeIn(rules, text),
            key -> false,
            text -> SensitiveText.replaceAll(rules, text))
        ::mask;
  }

  private static String normalise(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
