package io.langfuse4j.junit;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static io.langfuse4j.junit.LangfuseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Recording and asserting. */
class LangfuseExtensionTest {

  @RegisterExtension final LangfuseExtension langfuse = LangfuseExtension.create();

  private void answer() {
    Langfuse.propagateAttributes(a -> a.userId("ada").sessionId("s-1").tags("t1", "t2"))
        .run(
            () ->
                langfuse
                    .client()
                    .observe(
                        "answer",
                        AGENT,
                        agent -> {
                          agent.input(Map.of("q", List.of("where"))).metadata("n", 1);
                          agent.observe(
                              "ask",
                              GENERATION,
                              generation ->
                                  generation
                                      .model("gpt-4o")
                                      .prompt("greeting", 3)
                                      .usage(u -> u.input(10).output(5))
                                      .cost(Map.of("total", 0.25))
                                      .output("there"));
                          agent.observe("look", TOOL, tool -> tool.level(Level.WARNING));
                          return agent.output("there");
                        }));
  }

  @Test
  void observations_areRecordedAsTheyWouldBeSent() {
    answer();

    assertThat(langfuse.observations())
        .hasSize(3)
        .areOneTrace()
        .hasNoErrors()
        .hasTree("agent answer", "  generation ask", "  tool look")
        .one("ask")
        .hasType(GENERATION)
        .hasModel("gpt-4o")
        .hasUsage("input", 10)
        .hasUsage("output", 5)
        .hasCost("total", 0.25)
        .hasPrompt("greeting", 3)
        .hasOutput("there")
        .hasUserId("ada")
        .hasSessionId("s-1")
        .hasTags("t1", "t2")
        .hasLevel(Level.DEFAULT);
    assertThat(langfuse.observations().one("answer"))
        .hasInputJson("{ \"q\" : [\"where\"] }")
        .hasInputAt("/q/0", "where")
        .hasMetadata("n", 1);
    assertThat(langfuse.observations().one("look")).hasLevel(Level.WARNING);
  }

  @Test
  void failure_isAsserted() {
    assertThatThrownBy(
            () ->
                langfuse
                    .client()
                    .run(
                        "broken",
                        span -> {
                          throw new IllegalStateException("no way");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(langfuse.observations()).one("broken").failedWith("no way");
    assertThatThrownBy(() -> assertThat(langfuse.observations()).hasNoErrors())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void assertions_failAndShowWhatThereIs() {
    answer();
    RecordedObservations observations = langfuse.observations();

    assertThatThrownBy(() -> assertThat(observations).hasTree("agent answer"))
        .hasMessageContaining("  generation ask");
    assertThatThrownBy(() -> assertThat(observations).one("nobody"))
        .hasMessageContaining("0 observations are named nobody")
        .hasMessageContaining("tool look");
    assertThatThrownBy(() -> assertThat(observations.one("ask")).hasModel("other"))
        .hasMessageContaining("model of generation ask");
    assertThatThrownBy(() -> assertThat(observations.one("ask")).hasUsage("input", 11))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(observations.one("look")).hasCost("total", 1))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(observations).isEmpty()).isInstanceOf(AssertionError.class);
  }

  @Test
  void defaultClient_isTheOneOfTheTest() {
    Langfuse.get().startObservation("by default").end();

    assertThat(langfuse.observations()).hasTree("span by default");
  }

  /** Run by {@link #test_thatLeavesAnObservationOpen_fails}. */
  static class Forgetful {

    @RegisterExtension final LangfuseExtension langfuse = LangfuseExtension.create();

    @Test
    void forgets() {
      langfuse.client().startObservation("forgotten");
    }
  }

  /** Run by {@link #tests_thatAreFine_succeed}. */
  static class Tolerant {

    @RegisterExtension final LangfuseExtension langfuse = LangfuseExtension.createAllowingLeaks();

    @Test
    void forgets() {
      langfuse.client().startObservation("forgotten");
    }
  }

  /** Run by {@link #tests_thatAreFine_succeed}. */
  @ExtendWith(LangfuseExtension.class)
  static class Parameters {

    @Test
    void takesBoth(Langfuse client, LangfuseExtension extension) {
      client.startObservation("given").end();
      assertThat(extension.observations()).hasTree("span given");
    }
  }

  /** Run by {@link #tests_thatAreFine_succeed}: a stream that ends after the test. */
  static class EndingLate {

    @RegisterExtension final LangfuseExtension langfuse = LangfuseExtension.create();

    @Test
    void streams() {
      LangfuseSpan span = langfuse.client().startObservation("late");
      Thread tester = Thread.currentThread();
      Thread streaming =
          new Thread(
              () -> {
                while (tester.getState() != Thread.State.TIMED_WAITING) {
                  Thread.yield();
                }
                span.end();
              });
      streaming.setDaemon(true);
      streaming.start();
    }
  }

  @Test
  void test_thatLeavesAnObservationOpen_fails() {
    assertThat(InnerTests.run(Forgetful.class))
        .singleElement()
        .matches(outcome -> outcome.status() == Status.FAILED)
        .matches(outcome -> outcome.message().contains("[forgotten]"));
  }

  @ParameterizedTest
  @ValueSource(classes = {Tolerant.class, Parameters.class, EndingLate.class})
  void tests_thatAreFine_succeed(Class<?> test) {
    assertThat(InnerTests.run(test))
        .singleElement()
        .matches(outcome -> outcome.status() == Status.SUCCESSFUL);
  }
}
