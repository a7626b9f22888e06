package io.langfuse4j.examples.helpdesk.chat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens with the o200k vocabulary. Thread-safe. */
public final class TokenCounter {
  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private TokenCounter() {}

  public static int count(String text) {
    return O200K.countTokensOrdinary(text);
  }
}
