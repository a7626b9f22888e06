package io.langfuse4j.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only weaving can observe. */
class ObserveWeaverTest {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();

  @BeforeEach
  void start() {
    Langfuse.setDefault(langfuse);
  }

  @AfterEach
  void stop() {
    Langfuse.setDefault(null);
    langfuse.close();
    sink.close();
  }

  /** Methods that no proxy sees. */
  public static class Hidden implements Supplier<String> {

    @Override
    @Observe
    public final String get() {
      return inner(3, 4L, 5.0, 'c') + twice("x");
    }

    @Observe
    private int inner(int a, long b, double c, char d) {
      return a;
    }

    @Observe
    static synchronized String twice(String text) {
      return text + text;
    }
  }

  /** The class speaks for its public methods. */
  @Observe(type = Observe.Type.TOOL, captureOutput = false)
  public static class Whole implements Supplier<String> {

    @Override
    public String get() {
      return own() + hidden() + this;
    }

    @Observe(name = "mine")
    public String own() {
      return "own";
    }

    String hidden() {
      return "hidden";
    }

    @Override
    public String toString() {
      return "whole";
    }
  }

  /** Calls itself. */
  public static class Recursive implements Supplier<String> {

    @Override
    public String get() {
      return String.valueOf(factorial(3));
    }

    @Observe
    private long factorial(int n) {
      return n < 2 ? 1 : n * factorial(n - 1);
    }
  }

  @Test
  void weave_privateStaticFinalAndSelfInvoked_areObserved() {
    assertThat(woven(Hidden.class).get()).isEqualTo("3xx");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("inner", "twice", "get");
    RecordedSpan get = sink.span("get");
    assertThat(sink.span("inner").parentSpanId()).isEqualTo(get.spanId());
    assertThat(sink.span("inner").observation("input"))
        .isEqualTo("{\"a\":3,\"b\":4,\"c\":5.0,\"d\":\"c\"}");
    assertThat(sink.span("inner").observation("output")).isEqualTo("3");
    assertThat(sink.span("twice").parentSpanId()).isEqualTo(get.spanId());
  }

  @Test
  void weave_annotatedClass_coversItsPublicMethods() {
    assertThat(woven(Whole.class).get()).isEqualTo("ownhiddenwhole");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("mine", "get");
    assertThat(sink.span("get").type()).isEqualTo("tool");
    assertThat(sink.span("get").observation("output")).isNull();
    assertThat(sink.span("mine").type()).isEqualTo("span");
    assertThat(sink.span("mine").observation("output")).isEqualTo("own");
  }

  @Test
  void weave_recursion_nests() {
    assertThat(woven(Recursive.class).get()).isEqualTo("6");

    langfuse.flush();
    assertThat(sink.names()).containsExactly("factorial", "factorial", "factorial");
    assertThat(sink.spans().get(0).parentSpanId()).isEqualTo(sink.spans().get(1).spanId());
    assertThat(sink.spans().get(1).parentSpanId()).isEqualTo(sink.spans().get(2).spanId());
  }

  @Test
  void weave_classWithoutAnnotation_isLeftAlone() throws IOException {
    byte[] file;
    try (var in = OtlpSink.class.getResourceAsStream("OtlpSink.class")) {
      file = in.readAllBytes();
    }

    assertThat(ObserveWeaver.mightBeObserved(file)).isFalse();
    assertThat(
            new ObserveWeaver().weave(OtlpSink.class.getName(), file, getClass().getClassLoader()))
        .isNull();
  }

  @SuppressWarnings("unchecked")
  private static Supplier<String> woven(Class<?> type) {
    return (Supplier<String>) WovenClasses.newInstance(type, WovenClasses.atLoadTime());
  }
}
