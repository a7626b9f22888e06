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

  /** Annotates what never runs. */
  abstract static class Base implements Answering {
    @Observe
    @Override
    public abstract String first();

    @Observe
    native String elsewhere();
  }

  /** Gives one name to two methods, and a transform that cannot be made. */
  @Observe(name = "all")
  static class Sloppy extends Base {
    @Override
    public String first() {
      return "first";
    }

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
      Base base = new Sloppy();
      langfuse.observed(Answering.class, base);

      assertThat(answering.first() + answering.second() + answering.third())
          .isEqualTo("firstsecondthird");

      assertThat(langfuse.flush()).isTrue();
      assertThat(sink.names()).containsExactly("first", "same", "same");
      assertThat(logs.warnings())
          .filteredOn(message -> message.contains("ObserveMistakesTest"))
          .hasSize(3)
          .anyMatch(m -> m.contains("Sloppy: it names all its methods alike"))
          .anyMatch(m -> m.contains("has the same name as another method of its class: same"))
          .anyMatch(m -> m.contains("NeedsArgument, the transform of"));
    } finally {
      sink.close();
    }
  }

  @Test
  void abstractAndNativeMethods_areSaidWithTheirClass() throws Exception {
    try (RecordedLogs logs = new RecordedLogs()) {
      io.langfuse4j.internal.observed.MethodObserver.of(Base.class.getDeclaredMethod("first"));
      io.langfuse4j.internal.observed.MethodObserver.of(Base.class.getDeclaredMethod("elsewhere"));

      assertThat(logs.warnings())
          .hasSize(2)
          .anyMatch(m -> m.contains("Base.first: it is abstract and never runs"))
          .anyMatch(m -> m.contains("Base.elsewhere: it is native"));
    }
  }
}
