package io.langfuse4j.spring;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Gives {@code spring.reactor.context-propagation} the value {@code auto} in applications that have
 * {@code langfuse4j-reactor}, unless they set it: with Spring Boot's own default nothing is current
 * where Reactor goes on on another thread, and observations fall apart. Whatever the application
 * says wins, because this is looked at last.
 *
 * <p>A listener and no {@code EnvironmentPostProcessor}, because Boot 4 moved that interface.
 */
final class ReactorContextPropagation
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  static final String PROPERTY = "spring.reactor.context-propagation";

  private static final Logger log = LoggerFactory.getLogger(ReactorContextPropagation.class);
  private static final String OURS = "io.langfuse4j.reactor.OpenTelemetryContextAccessor";
  private static final String LIBRARY = "io.micrometer.context.ThreadLocalAccessor";

  private final boolean wanted;
  private final boolean possible;

  /** Made by Spring Boot. */
  ReactorContextPropagation() {
    this(isPresent(OURS), isPresent(LIBRARY));
  }

  /**
   * @param wanted whether {@code langfuse4j-reactor} is on the class path
   * @param possible whether what it needs to work between threads is there too
   */
  ReactorContextPropagation(boolean wanted, boolean possible) {
    this.wanted = wanted;
    this.possible = possible;
  }

  /** Looks for a class file, because ours cannot be loaded without the library. */
  private static boolean isPresent(String className) {
    ClassLoader loader = ClassUtils.getDefaultClassLoader();
    String file = ClassUtils.convertClassNameToResourcePath(className) + ".class";
    return loader != null && loader.getResource(file) != null;
  }

  /** After the application's configuration files are read. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    if (!wanted || environment.containsProperty(PROPERTY) || !isTracing(environment)) {
      return;
    }
    if (!possible) {
      log.warn(
          "Langfuse: observations in Mono and Flux lose each other between threads: add"
              + " io.micrometer:context-propagation, or set {} to say that this is known.",
          PROPERTY);
      return;
    }
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("langfuse", Map.of(PROPERTY, "auto")));
  }

  private static boolean isTracing(ConfigurableEnvironment environment) {
    String variable = environment.getProperty("LANGFUSE_TRACING_ENABLED", "true");
    return environment
        .getProperty("langfuse.tracing-enabled", variable)
        .trim()
        .equalsIgnoreCase("true");
  }
}
