package io.langfuse4j.spring;

import static io.langfuse4j.spring.ReactorContextPropagation.PROPERTY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What an application's environment says, as Spring Boot prepares it. */
class ReactorContextPropagationTest {

  /** An application without anything. */
  @Configuration
  static class Nothing {}

  private static String property(boolean wanted, boolean possible, String... arguments) {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(
        Map.of("spring.main.banner-mode", "off", "logging.level.root", "warn"));
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof ReactorContextPropagation))
            .toList());
    application.addListeners(new ReactorContextPropagation(wanted, possible));
    try (ConfigurableApplicationContext context = application.run(arguments)) {
      return context.getEnvironment().getProperty(PROPERTY);
    }
  }

  @Test
  void applicationWithReactor_hasItOn() {
    assertThat(property(true, true)).isEqualTo("auto");
  }

  @Test
  void whatTheApplicationSays_wins() {
    assertThat(property(true, true, "--" + PROPERTY + "=limited")).isEqualTo("limited");
  }

  @Test
  void elsewhere_nothingIsSet() {
    assertThat(property(false, true)).isNull();
    assertThat(property(true, false)).isNull();
    assertThat(property(true, true, "--langfuse.tracing-enabled=false")).isNull();
  }

  @Test
  void listener_isRegistered() {
    assertThat(new SpringApplication(Nothing.class).getListeners())
        .hasAtLeastOneElementOfType(ReactorContextPropagation.class);
  }
}
