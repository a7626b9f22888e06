package io.langfuse4j.benchmarks;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.Observe;
import io.langfuse4j.spring.LangfuseAutoConfiguration;
import io.langfuse4j.weaving.ObserveWeaver;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One call of one short method, observed in each way there is, beside the plain call and beside the
 * observation one would write by hand. With tracing off the difference to the plain call counts;
 * what proxies of the JDK, Spring and Weld cost that do nothing is theirs, and stands beside.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // set up before anything is measured
public class ObserveBenchmark {

  /** What is called. */
  public interface Answering {
    String answer(String question, int times);
  }

  /** Without any tracing. */
  public static class Plain implements Answering {
    @Override
    public String answer(String question, int times) {
      return times > 1 ? question : "";
    }
  }

  /** The same, annotated. */
  public static class Annotated implements Answering {
    @Observe(name = "llm-call", type = Observe.Type.GENERATION)
    @Override
    public String answer(String question, int times) {
      return times > 1 ? question : "";
    }
  }

  /** Binds an interceptor that does nothing. */
  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Passing {}

  /** Does nothing. */
  @Passing
  @Interceptor
  @Priority(Interceptor.Priority.LIBRARY_BEFORE)
  public static class PassingInterceptor {
    @AroundInvoke
    public @Nullable Object pass(InvocationContext invocation) throws Exception {
      return invocation.proceed();
    }
  }

  /** The plain one as a bean with an interceptor that does nothing. */
  public static class Intercepted implements Answering {
    @Passing
    @Override
    public String answer(String question, int times) {
      return times > 1 ? question : "";
    }
  }

  @Param({"on", "off"})
  public String tracing = "on";

  private final Answering plain = new Plain();
  private Langfuse langfuse;
  private BiFunction<String, Integer, String> function;
  private Answering proxy;
  private Answering woven;
  private Answering spring;
  private Answering weld;
  private Answering emptyProxy;
  private Answering emptySpring;
  private Answering emptyWeld;
  private AnnotationConfigApplicationContext context;
  private SeContainer container;
  private int times = 2;

  @Setup
  public void start() throws Exception {
    langfuse =
        Tracers.langfuse()
            .spanExporter(new DiscardingExporter())
            .tracingEnabled(tracing.equals("on"))
            .build();
    Langfuse.setDefault(langfuse);
    function = langfuse.observed("llm-call", ObservationType.GENERATION, plain::answer);
    proxy = langfuse.observed(Answering.class, new Annotated());
    woven =
        (Answering)
            new Weaving().loadClass(Annotated.class.getName()).getConstructor().newInstance();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
    context.registerBean(Annotated.class);
    context.register(LangfuseAutoConfiguration.class);
    context.refresh();
    spring = context.getBean(Annotated.class);
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Annotated.class, Intercepted.class, PassingInterceptor.class)
            .initialize();
    weld = container.select(Annotated.class).get();
    emptyWeld = container.select(Intercepted.class).get();
    emptyProxy =
        (Answering)
            Proxy.newProxyInstance(
                Answering.class.getClassLoader(),
                new Class<?>[] {Answering.class},
                (proxy, method, arguments) -> method.invoke(plain, arguments));
    ProxyFactory factory = new ProxyFactory(new Plain());
    factory.setProxyTargetClass(true);
    factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
    emptySpring = (Answering) factory.getProxy();
  }

  @TearDown
  public void stop() {
    container.close();
    context.close();
    Langfuse.setDefault(null);
    langfuse.close();
  }

  /** Loads the annotated class anew, as the agent and the build plugin leave it. */
  private static final class Weaving extends ClassLoader {

    Weaving() {
      super(ObserveBenchmark.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Annotated.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte @Nullable [] file = in == null ? null : in.readAllBytes();
        byte @Nullable [] woven =
            file == null ? null : new ObserveWeaver().weave(name, file, getParent());
        if (woven == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, woven, 0, woven.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Benchmark
  public String plainCall() {
    return plain.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String writtenByHand() {
    return langfuse.observe(
        "llm-call",
        ObservationType.GENERATION,
        generation -> {
          Map<String, Object> input = new LinkedHashMap<>();
          input.put("question", "Why is the sky blue?");
          input.put("times", times);
          generation.input(input);
          String answer = plain.answer("Why is the sky blue?", times);
          generation.output(answer);
          return answer;
        });
  }

  @Benchmark
  public String function() {
    return function.apply("Why is the sky blue?", times);
  }

  @Benchmark
  public String proxy() {
    return proxy.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String proxyThatDoesNothing() {
    return emptyProxy.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String woven() {
    return woven.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String springBean() {
    return spring.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String springBeanThatDoesNothing() {
    return emptySpring.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String weldBeanThatDoesNothing() {
    return emptyWeld.answer("Why is the sky blue?", times);
  }

  @Benchmark
  public String weldBean() {
    return weld.answer("Why is the sky blue?", times);
  }
}
