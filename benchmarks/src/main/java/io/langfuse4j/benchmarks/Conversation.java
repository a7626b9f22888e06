package io.langfuse4j.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * What one model call is given and answers: chat messages as the maps that applications have at
 * hand. The text is English with the line breaks and quotation marks that prompts contain.
 *
 * @param input a system and a user message, together of the wanted size
 * @param output one assistant message of the wanted size
 */
record Conversation(
    List<Map<String, Object>> input,
    List<Map<String, Object>> output,
    Map<String, Object> parameters) {

  private static final Map<String, String> TEXTS =
      Map.of(
          "english",
          "The customer writes: \"My parcel was due on Tuesday and has not arrived.\" Look up the"
              + " order, tell where it is, and offer a new delivery date; be brief and polite.\n",
          "german",
          "Der Kunde schreibt: „Mein Paket sollte am Dienstag kommen und ist noch nicht da.“ Prüfe die"
              + " Bestellung, erkläre, wo sie ist, und biete höflich ein neues Datum an.\n",
          "japanese",
          "お客様からのご連絡です。「火曜日に届くはずの荷物がまだ届いていません。」注文を確認し、" + "現在の状況を説明して、新しい配達日を丁寧に提案してください。\n");

  /** An English conversation with about {@code bytes} of text in each direction. */
  static Conversation ofBytes(int bytes) {
    return of(bytes, "english");
  }

  /** A conversation with {@code length} characters of text in each direction. */
  static Conversation of(int length, String language) {
    String text = TEXTS.getOrDefault(language, "");
    int system = length / 4;
    return new Conversation(
        List.of(message("system", cut(text, system)), message("user", cut(text, length - system))),
        List.of(message("assistant", cut(text, length))),
        Map.of("temperature", 0.2, "max_tokens", 1024));
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static String cut(String text, int length) {
    return text.repeat(length / text.length() + 1).substring(0, length);
  }
}
