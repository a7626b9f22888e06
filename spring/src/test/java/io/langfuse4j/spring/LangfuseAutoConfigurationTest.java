package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.task.TaskDecorator;

/** What an application gets by adding the starter. */
class LangfuseAutoConfigurationTest {

  /** The interface through which a JDK proxy is called. */
  interface Greeter {
    String greet(String name);
  }

  /** A bean. */
  static class PoliteGreeter implements Greeter {
    @Override
    @Observe
    public String greet(String name) {
      return "Dear " + name;
    }
  }

  private final OtlpSink sink = new OtlpSink();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @AfterEach
  void close() {
    context.close();
    Langfuse.setDefault(null);
    sink.close();
  }

  private void start(Map<String, Object> properties) {
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("t", properties));
    context.register(PoliteGreeter.class, LangfuseAutoConfiguration.class);
    context.refresh();
  }

  private Map<String, Object> keys() {
    return Map.of(
        "langfuse.public-key", "pk",
        "langfuse.secret-key", "sk",
        "langfuse.base-url", sink.url(),
        "langfuse.environment", "staging",
        "langfuse.observe-io-capture", "false");
  }

  @Test
  void properties_configureTheClient() {
    start(keys());

    context.getBean(Greeter.class).greet("Ada");
    context.close();

    RecordedSpan span = sink.span("greet");
    assertThat(span.resourceAttributes()).containsEntry("langfuse.environment", "staging");
    assertThat(span.scopeAttributes()).containsEntry("public_key", "pk");
    assertThat(span.observation("input")).isNull();
  }

  @Test
  void client_isTheDefault() {
    start(keys());

    assertThat(Langfuse.get()).isSameAs(context.getBean(Langfuse.class));
  }

  @Test
  void customizer_hasTheLastWord() {
    context.registerBean(LangfuseCustomizer.class, () -> builder -> builder.observeIoCapture(true));
    start(keys());

    context.getBean(Greeter.class).greet("Ada");
    context.close();

    assertThat(sink.span("greet").observation("input")).isEqualTo("{\"name\":\"Ada\"}");
  }

  @Test
  void jdkProxies_areObservedToo() {
    Map<String, Object> properties = new java.util.HashMap<>(keys());
    properties.put("spring.aop.proxy-target-class", "false");
    start(properties);

    assertThat(context.getBean(Greeter.class)).isNotInstanceOf(PoliteGreeter.class);
    context.getBean(Greeter.class).greet("Ada");
    context.close();

    assertThat(sink.names()).containsExactly("greet");
  }

  @Test
  void observeDisabled_leavesBeansAlone() {
    Map<String, Object> properties = new java.util.HashMap<>(keys());
    properties.put("langfuse.observe.enabled", "false");
    start(properties);

    assertThat(context.getBean(Greeter.class).getClass()).isEqualTo(PoliteGreeter.class);
  }

  @Test
  void taskDecorator_takesTheObservationAlong() throws InterruptedException {
    start(keys());
    Langfuse langfuse = context.getBean(Langfuse.class);
    AtomicReference<String> seen = new AtomicReference<>();

    String id =
        langfuse.observe(
            "outer",
            o -> {
              Runnable task = () -> seen.set(langfuse.currentObservationId());
              Thread thread = new Thread(context.getBean(TaskDecorator.class).decorate(task));
              thread.start();
              thread.join();
              return o.id();
            });

    assertThat(seen).hasValue(id);
  }
}
