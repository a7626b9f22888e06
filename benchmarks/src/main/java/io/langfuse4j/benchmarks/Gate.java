package io.langfuse4j.benchmarks;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what is exported until it was looked at once; throws everything after that away. */
final class Gate extends DiscardingExporter {

  private final String who;
  private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();
  private final Queue<LogRecordData> logs = new ConcurrentLinkedQueue<>();
  private volatile boolean open;

  /**
   * @param who is measured, for what is said when they did not record a call
   */
  Gate(String who) {
    this.who = who;
  }

  /** Fails unless one span has come and, in it or in log records, all of {@code content}. */
  void open(List<String> content) {
    if (spans.size() != 1) {
      throw new IllegalStateException(who + " exported " + spans.size() + " spans for one call");
    }
    String recorded = unescaped(recorded());
    for (String text : content) {
      if (!recorded.contains(unescaped(text))) {
        throw new IllegalStateException(who + " did not record " + text + ", but: " + recorded);
      }
    }
    open = true;
    spans.clear();
    logs.clear();
  }

  private String recorded() {
    StringBuilder recorded = new StringBuilder();
    for (SpanData span : spans) {
      span.getAttributes().forEach((key, value) -> recorded.append(value).append('\n'));
    }
    for (LogRecordData log : logs) {
      Value<?> body = log.getBodyValue();
      recorded.append(body == null ? "" : body.asString()).append('\n');
    }
    return recorded.toString();
  }

  /** The texts as they are in JSON and as they are by themselves, made alike. */
  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\", "");
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> batch) {
    if (!open) {
      spans.addAll(batch);
    }
    return super.export(batch);
  }

  /** For who records content in log records. */
  LogRecordExporter logs() {
    return new LogRecordExporter() {

      @Override
      public CompletableResultCode export(Collection<LogRecordData> batch) {
        if (!open) {
          logs.addAll(batch);
        }
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
      }
    };
  }
}
