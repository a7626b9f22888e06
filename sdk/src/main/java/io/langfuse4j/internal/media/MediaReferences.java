package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMediaReference;

/** Finds references to files in texts. */
public final class MediaReferences {

  private MediaReferences() {}

  /** Called for each reference, in order. */
  @FunctionalInterface
  public interface Visitor {
    void found(int start, int end, LangfuseMediaReference reference);
  }

  /** Visits every reference in the text; what only looks like one is passed over. */
  public static void find(String text, Visitor visitor) {
    int start = text.indexOf(LangfuseMediaReference.PREFIX);
    while (start >= 0) {
      int fields = start + LangfuseMediaReference.PREFIX.length();
      int suffix = text.indexOf(LangfuseMediaReference.SUFFIX, fields);
      if (suffix < 0) {
        return;
      }
      int end = suffix + LangfuseMediaReference.SUFFIX.length();
      visit(text, start, end, visitor);
      start = text.indexOf(LangfuseMediaReference.PREFIX, end);
    }
  }

  private static void visit(String text, int start, int end, Visitor visitor) {
    LangfuseMediaReference reference;
    try {
      reference = LangfuseMediaReference.parse(text.substring(start, end));
    } catch (IllegalArgumentException notOne) {
      return;
    }
    visitor.found(start, end, reference);
  }
}
