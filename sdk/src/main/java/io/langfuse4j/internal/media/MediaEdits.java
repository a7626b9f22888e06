package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Where in a text files were found. Confined to one thread. */
final class MediaEdits {

  private record Edit(int start, int end, LangfuseMedia media) {}

  private final List<Edit> edits = new ArrayList<>();

  void add(int start, int end, LangfuseMedia media) {
    edits.add(new Edit(start, end, media));
  }

  /** The text with what {@code replacement} makes of each file in its place. */
  String apply(String text, Function<LangfuseMedia, String> replacement) {
    if (edits.isEmpty()) {
      return text;
    }
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder edited = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start() >= done) {
        edited.append(text, done, edit.start()).append(replacement.apply(edit.media()));
        done = edit.end();
      }
    }
    return edited.append(text, done, text.length()).toString();
  }
}
