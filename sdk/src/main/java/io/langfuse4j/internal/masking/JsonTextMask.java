package io.langfuse4j.internal.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Masks text that may be JSON: values under sensitive keys as a whole, other strings by their
 * content. What looks like JSON but is not is treated as plain text. Strings inside JSON that are
 * JSON themselves, such as the arguments of a tool call, are opened too.
 */
public final class JsonTextMask {

  /** Stands for a value under a sensitive key. */
  static final String HIDDEN = "<hidden>";

  private static final int MAX_NESTED_TEXT = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(10_000)
                          .maxNestingDepth(1_000)
                          .build())
                  .build())
          // Text behind the JSON must be masked, not lost; numbers must come out as they went in.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Predicate<String> hint;
  private final Predicate<String> sensitiveKey;
  private final UnaryOperator<String> content;

  /**
   * Creates a mask.
   *
   * @param hint whether there can be anything to hide in a text, be it JSON or plain: cheap, and
   *     true for any text that contains one for which it is true. Reading a prompt as JSON costs
   *     more than everything else that happens to it
   * @param sensitiveKey whether the value under a key is hidden
   * @param content what may be sent in place of a plain text
   */
  public JsonTextMask(
      Predicate<String> hint, Predicate<String> sensitiveKey, UnaryOperator<String> content) {
    this.hint = hint;
    this.sensitiveKey = sensitiveKey;
    this.content = content;
  }

  /** The text without what must be hidden. */
  public String mask(String key, String text) {
    if (sensitiveKey.test(lastSegment(key))) {
      return HIDDEN;
    }
    return mayHide(text) ? text(text, MAX_NESTED_TEXT) : text;
  }

  /** An escape by its number may stand for any character, so that the text has to be read. */
  private boolean mayHide(String text) {
    return text.contains("\\u") || hint.test(text);
  }

  /** Metadata attributes end in the key that the application chose. */
  private static String lastSegment(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private String text(String text, int levels) {
    if (levels == 0 || !looksLikeJson(text)) {
      return content.apply(text);
    }
    try {
      JsonNode root = JSON.readTree(text);
      return root.isContainerNode()
          ? JSON.writeValueAsString(node(root, levels))
          : content.apply(text);
    } catch (JsonProcessingException notJson) {
      return content.apply(text);
    }
  }

  private static boolean looksLikeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return c == '{' || c == '[';
      }
    }
    return false;
  }

  private JsonNode node(JsonNode node, int levels) {
    if (node instanceof ObjectNode object) {
      for (Iterator<Map.Entry<String, JsonNode>> i = object.fields(); i.hasNext(); ) {
        Map.Entry<String, JsonNode> field = i.next();
        boolean hidden = sensitiveKey.test(field.getKey()) && !field.getValue().isNull();
        field.setValue(hidden ? TextNode.valueOf(HIDDEN) : node(field.getValue(), levels));
      }
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, node(array.get(i), levels));
      }
      return array;
    }
    return node.isTextual() ? TextNode.valueOf(text(node.textValue(), levels - 1)) : number(node);
  }

  /** A card number may be written as a number. */
  private JsonNode number(JsonNode node) {
    if (!node.isNumber()) {
      return node;
    }
    String digits = node.asText();
    String masked = content.apply(digits);
    return masked.equals(digits) ? node : TextNode.valueOf(masked);
  }
}
