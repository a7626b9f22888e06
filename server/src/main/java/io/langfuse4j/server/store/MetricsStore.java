package io.langfuse4j.server.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures for dashboards. Reads only; the promises are {@link TraceStore}'s. */
public interface MetricsStore {

  /**
   * One row per group: dimensions as text, lists of text or numbers, the start of the interval as
   * text under {@link MetricsQuery#TIME}, measures as numbers or, for histograms, JSON text.
   * Intervals without any row are left out.
   *
   * @throws UnsupportedColumnException for a dimension, measure, filter or order that the view does
   *     not have
   */
  List<Map<String, @Nullable Object>> metrics(MetricsQuery query);
}
