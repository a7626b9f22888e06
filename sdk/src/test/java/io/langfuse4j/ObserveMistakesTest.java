package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import org.junit.jupiter.api.Test;

/** Annotations that make no sense: said once, with class and method, and the call works. */
class ObserveMistakesTest {

  /** What is called. */
  interface Answering {
    String first();

    String second();

    String third();
  }

  /** Gives one name to two methods, annotates what is not Java, has an impossible transform. */
  @Observe(name = "all")
  static class Sloppy implements Answering {
    @Override
    public String first() {
      return "first";
    }

    @Observe
    native String elsewhere();

    @Observe(name = "same")
    @Override
    public String second() {
      return "second";
    }

    @Observe(name = "same", transform = NeedsArgument.class)
    @Override
    public String third() {
      return "third";
    }
  }

  record NeedsArgument(String argument) implements OutputTransform {
    @Override
    public Object apply(java.util.List<?> items) {
      return argument;
    }
  }

  @Test
  void mistakes_areSaidOnce_andTheCallsWork() {
    OtlpSink sink = new OtlpSink();
    try (RecordedLogs logs = new RecordedLogs();
        Langfuse langfuse =
            Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build()) {
      Answering answering = langfuse.observed(Answering.class, new Sloppy());
      langfuse.observed(Answering.class, new Sloppy());

      assertThat(answering.first() + answering.second() + answering.third())
          .isEqualTo("firstsecondthird");

      assertThat(langfuse.flush()).isTrue();
      assertThat(sink.names()).containsExactly("first", "same", "same");
      assertThat(logs.warnings())
          .filteredOn(message -> message.contains("ObserveMistakesTest"))
          .hasSize(4)
          .anyMatch(m -> m.contains("Sloppy.elsewhere: it is native"))
          .anyMatch(m -> m.contains("Sloppy: it names all its methods alike"))
          .anyMatch(m -> m.contains("has the same name as another method of its class: same"))
          .anyMatch(m -> m.contains("NeedsArgument, the transform of"));
    } finally {
      sink.close();
    }
  }
}
