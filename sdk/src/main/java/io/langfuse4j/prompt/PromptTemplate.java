package io.langfuse4j.prompt;

import io.langfuse4j.internal.json.PlainJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The template language of the Python SDK: {@code {{name}}}, nothing else. A name that is not known
 * stays as it is, braces included; what is put in is not looked at again, and nothing is escaped.
 */
final class PromptTemplate {

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private PromptTemplate() {}

  /** The values to put in, and the names for which there was none. */
  record Values(Map<String, ?> given, Set<String> missing) {

    static Values of(Map<String, ?> given) {
      return new Values(given, new LinkedHashSet<>());
    }
  }

  /** The names in the order in which they appear, each as often as it does. */
  static List<String> variables(String template) {
    List<String> names = new ArrayList<>();
    int open = template.indexOf(OPEN);
    while (open >= 0) {
      int close = template.indexOf(CLOSE, open + 2);
      if (close < 0) {
        break;
      }
      names.add(template.substring(open + 2, close).strip());
      open = template.indexOf(OPEN, close + 2);
    }
    return names;
  }

  static String compile(String template, Values values) {
    StringBuilder text = new StringBuilder(template.length());
    int done = 0;
    int open = template.indexOf(OPEN);
    while (open >= 0) {
      int close = template.indexOf(CLOSE, open + 2);
      if (close < 0) {
        break;
      }
      String name = template.substring(open + 2, close).strip();
      text.append(template, done, open);
      if (values.given().containsKey(name)) {
        text.append(textOf(values.given().get(name)));
      } else {
        text.append(template, open, close + 2);
        if (looksLikeAName(name)) {
          values.missing().add(name);
        }
      }
      done = close + 2;
      open = template.indexOf(OPEN, done);
    }
    return text.append(template, done, template.length()).toString();
  }

  /** Texts at any depth; what is not text stays. */
  static @Nullable Object compileAny(@Nullable Object content, Values values) {
    if (content instanceof String text) {
      return compile(text, values);
    }
    if (content instanceof Collection<?> parts) {
      List<@Nullable Object> compiled = new ArrayList<>();
      parts.forEach(part -> compiled.add(compileAny(part, values)));
      return compiled;
    }
    if (content instanceof Map<?, ?> part) {
      Map<@Nullable Object, @Nullable Object> compiled = new LinkedHashMap<>();
      part.forEach((key, value) -> compiled.put(key, compileAny(value, values)));
      return compiled;
    }
    return content;
  }

  /** Between double braces there may also be the middle of some JSON. */
  private static boolean looksLikeAName(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> "\"':,{}[]\n\r".indexOf(c) >= 0);
  }

  private static String textOf(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Map || value instanceof Collection
        ? PlainJson.write(value)
        : value.toString();
  }

  /**
   * The template for libraries with single braces, such as LangChain: braces of JSON are doubled,
   * {@code {{name}}} becomes {@code {name}}.
   */
  static String withSingleBraces(String template) {
    return escapeJsonBraces(template).replaceAll("\\{\\{\\s*(\\w+)\\s*}}", "{$1}");
  }

  /**
   * A brace before a quote begins a JSON object; it and the one that closes it are doubled. What is
   * doubled already stays.
   */
  private static String escapeJsonBraces(String text) {
    StringBuilder escaped = new StringBuilder();
    Deque<Boolean> json = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith(OPEN, i) || json.isEmpty() && text.startsWith(CLOSE, i)) {
        int end = c == '{' ? text.indexOf(CLOSE, i) : i;
        // The whole of {{name}}, so that its end is not taken for the end of an object.
        String kept = end < 0 ? OPEN : text.substring(i, end + 2);
        escaped.append(kept);
        i += kept.length() - 1;
      } else if (c == '{') {
        json.push(beginsObject(text, i));
        escaped.append(json.getFirst() ? OPEN : "{");
      } else if (c == '}' && !json.isEmpty()) {
        escaped.append(json.pop() ? CLOSE : "}");
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean beginsObject(String text, int brace) {
    int next = brace + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '\'');
  }
}
