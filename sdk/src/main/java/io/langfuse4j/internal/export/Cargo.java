package io.langfuse4j.internal.export;

/** What is taken to the server, in the words of messages. */
public enum Cargo {
  OBSERVATIONS(
      "observations",
      "an observation",
      "traces",
      "trace",
      "langfuse-export",
      "Observations end faster",
      "An observation ended after Langfuse was closed; it is not sent."),
  SCORES(
      "scores",
      "a score",
      "scores",
      "score",
      "langfuse-scores",
      "Scores are made faster",
      "A score was made after Langfuse was closed; it is not sent."),
  MEDIA(
      "media files",
      "a media file",
      "media",
      "media",
      "langfuse-media",
      "Media files are recorded faster",
      "A media file was recorded after Langfuse was closed; it is not uploaded.");

  private final String plural;
  private final String singular;
  private final String written;
  private final String endpoint;
  private final String threadName;
  private final String faster;
  private final String afterClose;

  Cargo(
      String plural,
      String singular,
      String written,
      String endpoint,
      String threadName,
      String faster,
      String afterClose) {
    this.plural = plural;
    this.singular = singular;
    this.written = written;
    this.endpoint = endpoint;
    this.threadName = threadName;
    this.faster = faster;
    this.afterClose = afterClose;
  }

  String plural() {
    return plural;
  }

  String singular() {
    return singular;
  }

  /** What an endpoint takes and keys may write. */
  String written() {
    return written;
  }

  String endpoint() {
    return endpoint;
  }

  String threadName() {
    return threadName;
  }

  String faster() {
    return faster;
  }

  String afterClose() {
    return afterClose;
  }
}
