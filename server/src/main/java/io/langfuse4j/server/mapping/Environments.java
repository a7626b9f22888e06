package io.langfuse4j.server.mapping;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings an environment's name into the form that Langfuse accepts. */
public final class Environments {
  private static final String FALLBACK = "default";
  private static final String RESERVED = "langfuse";
  private static final int MAX_LENGTH = 40;
  private static final Pattern VALID = Pattern.compile("[a-z0-9_-]+");

  private Environments() {}

  /** The name as it is stored; {@code default} if there is none or it is not acceptable. */
  public static String normalise(@Nullable String given) {
    if (given == null) {
      return FALLBACK;
    }
    String name = withoutReserved(given.toLowerCase(Locale.ROOT));
    name = name.substring(0, Math.min(name.length(), MAX_LENGTH));
    return VALID.matcher(name).matches() ? name : FALLBACK;
  }

  /** The prefix is reserved for Langfuse itself, with or without a separator, once or repeated. */
  private static String withoutReserved(String name) {
    int start = 0;
    while (name.startsWith(RESERVED, start)) {
      start += RESERVED.length();
      if (start < name.length() && (name.charAt(start) == '-' || name.charAt(start) == '_')) {
        start++;
      }
    }
    return name.substring(start);
  }
}
