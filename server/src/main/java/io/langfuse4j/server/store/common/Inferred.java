package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.pricing.Priced;
import java.util.Map;

/** Which of an observation's figures are not the sender's, as the bits of one column. */
public final class Inferred {
  private static final int USAGE = 1;
  private static final int COST = 2;

  private Inferred() {}

  public static int of(Priced priced) {
    return (priced.usageInferred() ? USAGE : 0) | (priced.costComputed() ? COST : 0);
  }

  /** An observation as it was read, with usage and cost as the sender gave them. */
  public static Observation without(long inferred, Observation read) {
    if (inferred == 0) {
      return read;
    }
    ModelCall call = read.modelCall();
    return read.withModelCall(
        new ModelCall(
            call.model(),
            call.modelParameters(),
            (inferred & USAGE) != 0 ? Map.of() : call.usage(),
            (inferred & COST) != 0 ? Map.of() : call.cost(),
            call.promptName(),
            call.promptVersion()));
  }
}
