package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was retrieved: text, metadata, scores. */
final class Documents {

  private Documents() {}

  static List<Map<String, Object>> of(@Nullable List<Content> contents) {
    return contents == null ? List.of() : contents.stream().map(Documents::document).toList();
  }

  private static Map<String, Object> document(Content content) {
    Map<String, Object> document = new LinkedHashMap<>();
    TextSegment segment = content.textSegment();
    if (segment != null) {
      document.put("content", segment.text());
      Map<String, Object> metadata = segment.metadata().toMap();
      if (!metadata.isEmpty()) {
        document.put("metadata", metadata);
      }
    }
    // score, reranked_score, embedding_id
    content
        .metadata()
        .forEach((key, value) -> document.put(key.name().toLowerCase(Locale.ROOT), value));
    return document;
  }
}
