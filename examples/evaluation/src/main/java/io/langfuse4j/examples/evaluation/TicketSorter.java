package io.langfuse4j.examples.evaluation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Says which team a ticket is for. It stands for an application that asks a model; words are enough
 * here, so that it runs without a key.
 */
public final class TicketSorter {

  private final Map<String, String> teamsByWord;

  private TicketSorter(Map<String, String> teamsByWord) {
    this.teamsByWord = teamsByWord;
  }

  /** The one in use. */
  public static TicketSorter standard() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("refund", "billing");
    words.put("invoice", "billing");
    words.put("charged", "billing");
    words.put("parcel", "shipping");
    words.put("arrive", "shipping");
    words.put("password", "accounts");
    words.put("log in", "accounts");
    return new TicketSorter(words);
  }

  /** One that a change made worse: it sends every ticket to the same team. */
  public static TicketSorter careless() {
    return new TicketSorter(Map.of("", "billing"));
  }

  /** The team for a ticket; {@code support} if nothing says another. */
  public String team(String ticket) {
    String text = ticket.toLowerCase(Locale.ROOT);
    return teamsByWord.entrySet().stream()
        .filter(word -> text.contains(word.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("support");
  }
}
