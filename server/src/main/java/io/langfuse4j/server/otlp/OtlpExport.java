package io.langfuse4j.server.otlp;

import java.util.List;

/**
 * One request, its spans in the order they were sent.
 *
 * @param empty the request had no resource spans at all, which is answered differently from one
 *     that had some without spans
 */
public record OtlpExport(List<OtlpSpan> spans, boolean empty) {
  static final OtlpExport NOTHING = new OtlpExport(List.of(), true);

  public OtlpExport {
    spans = List.copyOf(spans);
  }
}
