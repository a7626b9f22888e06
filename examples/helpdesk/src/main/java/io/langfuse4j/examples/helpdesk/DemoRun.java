package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.Langfuse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of the demo: all questions asked, all traces delivered and, if wanted, read back. */
final class DemoRun {
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("MMdd-HHmmss");

  private final Langfuse langfuse;
  private final Demo demo;
  private final @Nullable TraceReader reader;
  private final Transcript transcript;

  /**
   * A run.
   *
   * @param reader null to trust that what was delivered can be read
   */
  DemoRun(Langfuse langfuse, Demo demo, @Nullable TraceReader reader, Transcript transcript) {
    this.langfuse = langfuse;
    this.demo = demo;
    this.reader = reader;
    this.transcript = transcript;
  }

  /** Whether everything worked. */
  boolean run() {
    String name = LocalDateTime.now(ZoneId.systemDefault()).format(NAME);
    List<Question> questions = Conversations.of(name);
    demo.warmUp();
    List<Answer> answers = demo.run(questions, transcript);
    transcript.summary(answers);
    return deliver() && readBack(answers) && answers.size() == questions.size();
  }

  /** A program that ends soon does not wait for the next batch. */
  private boolean deliver() {
    if (!langfuse.isEnabled()) {
      transcript.note(
          "Nothing was traced: set LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and"
              + " LANGFUSE_BASE_URL, or start a server on this machine.");
      return false;
    }
    boolean delivered = langfuse.flush(DELIVERY_TIMEOUT);
    transcript.note(delivered ? "All traces delivered." : "Not delivered: " + langfuse.stats());
    return delivered;
  }

  private boolean readBack(List<Answer> answers) {
    if (reader == null) {
      return true;
    }
    int complete = 0;
    for (Answer answer : answers) {
      String problem = reader.problemWith(answer);
      if (problem.isEmpty()) {
        complete++;
      } else {
        transcript.note("Trace " + answer.traceId() + ": " + problem);
      }
    }
    transcript.note(complete + " of " + answers.size() + " traces read back complete.");
    return complete == answers.size();
  }
}
