package io.langfuse4j.server.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * For JSON that has been accepted before. Requests are limited in size where they come in; what has
 * been stored must stay readable, however long its strings and wherever it was nested since.
 */
public final class LenientJson {
  private static final int DEEPEST = 2_000;

  private LenientJson() {}

  public static ObjectMapper mapper() {
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build());
  }
}
