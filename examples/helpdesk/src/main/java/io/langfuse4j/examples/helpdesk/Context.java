package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.chat.TokenCounter;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Passages as text, cut between sentences where the limit is reached.
 *
 * @param shortened the titles of passages that are missing or incomplete
 */
record Context(String text, List<String> shortened) {

  static Context of(List<Passage> passages, int maxTokens) {
    StringBuilder text = new StringBuilder();
    List<String> shortened = new ArrayList<>();
    for (Passage passage : passages) {
      int left = maxTokens - TokenCounter.count(text.toString());
      String section = section(passage);
      String fitting = beginning(section, left);
      if (fitting.length() < section.length()) {
        shortened.add(passage.title());
      }
      text.append(fitting);
    }
    return new Context(text.toString(), List.copyOf(shortened));
  }

  private static String section(Passage passage) {
    return "## " + passage.title() + "\n" + passage.text() + "\n\n";
  }

  /** The longest beginning that ends with a sentence and has few enough tokens; maybe nothing. */
  private static String beginning(String section, int maxTokens) {
    String beginning = section;
    while (TokenCounter.count(beginning) > maxTokens) {
      int endOfSentence = beginning.stripTrailing().lastIndexOf(". ");
      if (endOfSentence < 0) {
        return "";
      }
      beginning = beginning.substring(0, endOfSentence + 1) + "\n\n";
    }
    return beginning;
  }
}
