package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;

/** JSON schemas of tools and answers. */
final class Schemas {

  private Schemas() {}

  /** As on the wire; as text if the library's own writer is not where it was. */
  static Object asMap(JsonSchemaElement element) {
    try {
      return JsonSchemaElementUtils.toMap(element);
    } catch (LinkageError | RuntimeException internalsChanged) {
      return element.toString();
    }
  }
}
