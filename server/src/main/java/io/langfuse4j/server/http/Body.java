package io.langfuse4j.server.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** A request body, as received. */
public record Body(List<byte[]> chunks) {
  public static final Body EMPTY = new Body(List.of());

  public Body {
    chunks = List.copyOf(chunks);
  }

  public InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(chunks.stream().map(ByteArrayInputStream::new).toList()));
  }
}
