package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * JSON inside requests, which nobody promises to be any good: text that does not parse, nests too
 * deeply or holds half a surrogate pair is an answer here, not an exception.
 */
public final class Json {
  /** Deeper text stays text, so that whoever reads our JSON later can parse it with defaults. */
  private static final int MAX_DEPTH = 500;

  /** Jackson reads names of up to 50,000 characters by default; two of ours fit into one path. */
  public static final int MAX_NAME_LENGTH = 20_000;

  private static final double MAX_EXACT = 9_007_199_254_740_992d;

  private static final JsonMapper EMBEDDED = mapper(MAX_DEPTH, MAX_NAME_LENGTH);
  private static final JsonMapper REQUEST = mapper(1000, Integer.MAX_VALUE);

  private Json() {}

  private static final class PlainNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(double value) {
      return number(value);
    }
  }

  private static JsonMapper mapper(int depth, int nameLength) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(nameLength)
                    .build())
            // An interned name outlives its request.
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .nodeFactory(new PlainNumbers())
        .build();
  }

  /** A request body; embedded documents go through {@link #parse}. */
  static JsonNode readRequest(String text) throws JsonProcessingException {
    return REQUEST.readTree(text);
  }

  /** The document, or null if the text is not one. */
  public static @Nullable JsonNode parse(@Nullable String text) {
    if (text == null || !mayBeDocument(text)) {
      return null;
    }
    try {
      JsonNode node = EMBEDDED.readTree(text);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The object or array that the text holds, or null; cheap for text that is plainly neither. */
  public static @Nullable JsonNode parseContainer(@Nullable String text) {
    JsonNode node = text != null && mayBeContainer(text) ? parse(text) : null;
    return node != null && node.isContainerNode() ? node : null;
  }

  /** By how it begins, because most text is prose and a failed parse costs an exception. */
  public static boolean mayBeDocument(String text) {
    char first = firstChar(text);
    return switch (first) {
      case 't' -> text.strip().equals("true");
      case 'f' -> text.strip().equals("false");
      case 'n' -> text.strip().equals("null");
      default -> "{[\"-0123456789".indexOf(first) >= 0;
    };
  }

  /** By how it begins, as {@link #mayBeDocument}. */
  public static boolean mayBeContainer(String text) {
    char first = firstChar(text);
    return first == '{' || first == '[';
  }

  /** The first character that is not white space, or a space. */
  private static char firstChar(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > ' ') {
        return text.charAt(i);
      }
    }
    return ' ';
  }

  /** A string is read as a document if it is one; everything else is what it is. */
  public static @Nullable JsonNode resolve(@Nullable JsonNode value) {
    return value != null && value.isTextual() ? parse(value.textValue()) : value;
  }

  /** The object in a value, given as such or as text, or null. */
  public static @Nullable JsonNode object(@Nullable JsonNode value) {
    JsonNode node = value != null && value.isTextual() ? parseContainer(value.textValue()) : value;
    return node != null && node.isObject() ? node : null;
  }

  /** A string as it is, anything else as JSON text. */
  public static String text(JsonNode node) {
    return wellFormed(node.isTextual() ? node.textValue() : node.toString());
  }

  /** As JavaScript would judge it: null, empty text, zero, NaN and false are not. */
  public static boolean isTruthy(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return false;
    }
    if (node.isTextual()) {
      return !node.textValue().isEmpty();
    }
    if (node.isNumber()) {
      double number = node.doubleValue();
      return number != 0 && !Double.isNaN(number);
    }
    return !node.isBoolean() || node.booleanValue();
  }

  /**
   * A double, written as JavaScript writes it: a whole one without a fraction, no exponent between
   * a millionth and 10^21.
   */
  public static NumericNode number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT) {
      return LongNode.valueOf((long) value);
    }
    double size = Math.abs(value);
    if ((size >= 1e-3 && size < 1e7) || !Double.isFinite(value)) {
      return DoubleNode.valueOf(value);
    }
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return DecimalNode.valueOf(decimal.scale() < 0 && size < 1e21 ? decimal.setScale(0) : decimal);
  }

  /** A name that can be read back: too long a one is cut. */
  static String name(String text) {
    return wellFormed(text.length() <= MAX_NAME_LENGTH ? text : text.substring(0, MAX_NAME_LENGTH));
  }

  /** Halves of surrogate pairs become U+FFFD: they cannot be stored or sent on as UTF-8. */
  public static String wellFormed(String text) {
    int broken = firstLoneSurrogate(text, 0);
    if (broken < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    while (broken >= 0) {
      repaired.setCharAt(broken, '\uFFFD');
      broken = firstLoneSurrogate(text, broken + 1);
    }
    return repaired.toString();
  }

  private static int firstLoneSurrogate(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return i;
      }
      i += Character.charCount(codePoint);
    }
    return -1;
  }
}
