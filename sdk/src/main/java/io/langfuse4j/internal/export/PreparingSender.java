package io.langfuse4j.internal.export;

import io.langfuse4j.internal.masking.CapturePolicy;
import io.langfuse4j.internal.masking.SpanMasking;
import io.langfuse4j.internal.media.MediaUpload;
import io.langfuse4j.internal.media.SpanMedia;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans what may leave the application, on the export thread and before anybody else sees
 * them: content that is not to be sent is left out, files are taken out, then what is left is
 * masked. Files whose reference survived the mask are handed on for upload.
 */
public final class PreparingSender implements BatchSender<SpanData> {

  private final CapturePolicy policy;
  private final @Nullable SpanMedia media;
  private final @Nullable SpanMasking masking;
  private final Consumer<MediaUpload> uploads;
  private final BatchSender<SpanData> next;

  /**
   * Creates the sender.
   *
   * @param media null if files stay where they are
   * @param masking null if everything may leave
   */
  public PreparingSender(
      CapturePolicy policy,
      @Nullable SpanMedia media,
      @Nullable SpanMasking masking,
      Consumer<MediaUpload> uploads,
      BatchSender<SpanData> next) {
    this.policy = policy;
    this.media = media;
    this.masking = masking;
    this.uploads = uploads;
    this.next = next;
  }

  @Override
  public void send(List<SpanData> spans) {
    List<SpanData> prepared = new ArrayList<>(spans.size());
    for (SpanData recorded : spans) {
      SpanData span = policy.isEmpty() ? recorded : policy.apply(recorded);
      prepared.add(media == null ? masked(span) : withoutFiles(media, span));
    }
    next.send(prepared);
  }

  private SpanData withoutFiles(SpanMedia media, SpanData span) {
    SpanMedia.Extracted extracted = media.extract(span);
    SpanData masked = masked(extracted.span());
    extracted.uploads(masked).forEach(uploads);
    return masked;
  }

  private SpanData masked(SpanData span) {
    return masking == null ? span : masking.apply(span);
  }

  @Override
  public CompletableFuture<Boolean> flush() {
    return next.flush();
  }

  @Override
  public void hurry() {
    next.hurry();
  }

  @Override
  public void close() {
    next.close();
  }
}
