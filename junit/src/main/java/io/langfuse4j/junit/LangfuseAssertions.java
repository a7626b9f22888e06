package io.langfuse4j.junit;

/** Entry point of the assertions: {@code assertThat(langfuse.observations()).hasTree(...)}. */
public final class LangfuseAssertions {

  private LangfuseAssertions() {}

  public static ObservationsAssert assertThat(RecordedObservations observations) {
    return new ObservationsAssert(observations);
  }

  public static ObservationAssert assertThat(RecordedObservation observation) {
    return new ObservationAssert(observation);
  }
}
