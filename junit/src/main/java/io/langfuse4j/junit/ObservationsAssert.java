package io.langfuse4j.junit;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Asserts on all observations of a test. */
public final class ObservationsAssert
    extends AbstractAssert<ObservationsAssert, RecordedObservations> {

  ObservationsAssert(RecordedObservations actual) {
    super(actual, ObservationsAssert.class);
  }

  /**
   * Every observation, in the order in which they began, children indented by two blanks more than
   * their parent: {@code hasTree("agent answer", " retriever find", " generation ask")}.
   */
  public ObservationsAssert hasTree(String... lines) {
    Assertions.assertThat(actual.tree())
        .as("tree of observations")
        .isEqualTo(
            Arrays.stream(lines)
                .flatMap(String::lines)
                .collect(Collectors.joining("\n"))
                .stripTrailing());
    return this;
  }

  public ObservationsAssert hasSize(int size) {
    Assertions.assertThat(actual.all()).as("observations").hasSize(size);
    return this;
  }

  public ObservationsAssert isEmpty() {
    return hasSize(0);
  }

  /** All observations are of one trace. */
  public ObservationsAssert areOneTrace() {
    Assertions.assertThat(actual.all().stream().map(RecordedObservation::traceId).distinct())
        .as("traces of\n%s", actual)
        .hasSize(1);
    return this;
  }

  /** No observation failed. */
  public ObservationsAssert hasNoErrors() {
    Assertions.assertThat(actual.all())
        .filteredOn(each -> each.level().equals("ERROR"))
        .as("observations that failed")
        .isEmpty();
    return this;
  }

  /** The one observation of that name, to go on with. */
  public ObservationAssert one(String name) {
    return new ObservationAssert(actual.one(name));
  }
}
