package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what was asked and answered, as it happens. */
final class Transcript {
  private final PrintStream out;
  private int asked;
  private String session = "";

  Transcript(PrintStream out) {
    this.out = out;
  }

  void begin(String model) {
    out.println("Harbour Lamp's help desk, answered by " + model + ".");
  }

  void asked(Question question) {
    if (!question.session().equals(session)) {
      session = question.session();
      out.printf("%n%s, by %s, session %s%n", question.customer(), question.channel(), session);
    }
    out.printf("%n%2d  %s%n", ++asked, question.text());
  }

  /** The URL is null if tracing is off. */
  void answered(Answer answer, @Nullable String traceUrl) {
    out.println("    " + answer.text());
    out.println("    found: " + titles(answer.passages()));
    if (traceUrl != null) {
      out.println("    trace: " + traceUrl);
    }
  }

  void rated(String conversation, boolean up) {
    out.printf("%n%s  session %s", up ? "👍" : "👎", conversation);
  }

  void failed(RuntimeException e) {
    out.println("    failed: " + e);
  }

  /** What came out of the whole run. */
  void summary(List<Answer> answers) {
    long found = answers.stream().filter(Answer::foundExpectedPolicyFirst).count();
    out.printf("%n%n%d of %d questions answered.%n", answers.size(), asked);
    out.printf(
        "Retrieval put the right policy first for %d of them. It compares words, not meanings,"
            + " so it misses some paraphrases.%n",
        found);
  }

  /** A remark about the run itself. */
  void note(String remark) {
    out.println(remark);
  }

  private static String titles(List<Passage> passages) {
    return passages.isEmpty()
        ? "nothing"
        : passages.stream().map(Passage::title).collect(Collectors.joining(", "));
  }
}
