package io.langfuse4j.server.viewer;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers that a reader bounds: {@code >2s}, {@code <=0.5}, {@code 100..200}. */
final class Bounds {
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?|\\.\\d+)(ms|s|m|h)?";
  private static final Pattern COMPARED = Pattern.compile("(>=|<=|>|<|=)\\s*(-?)" + NUMBER);
  private static final Pattern RANGE = Pattern.compile(NUMBER + "\\.\\." + NUMBER);
  private static final Pattern SCORED = Pattern.compile("(.+?)(>=|<=|>|<|=)(.*)", Pattern.DOTALL);
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          "=", Operator.EQUAL);
  private static final Map<String, Double> SECONDS =
      Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);
  private static final Map<String, Double> ANSWERS = Map.of("yes", 1.0, "no", 0.0);

  private Bounds() {}

  /** Conditions on a column of numbers; units are of time, and a number without one is seconds. */
  static List<Filter> of(String parameter, String column, String text) {
    Matcher range = RANGE.matcher(text.strip());
    if (range.matches()) {
      List<Filter> both = new ArrayList<>();
      both.add(filter(column, null, ">=", number(range.group(1), range.group(2))));
      both.add(filter(column, null, "<=", number(range.group(3), range.group(4))));
      return both;
    }
    Matcher compared = COMPARED.matcher(text.strip());
    if (!compared.matches()) {
      throw ApiException.invalidRequest(
          parameter + " takes a bound such as >2 or 1..5, and not '" + text + "'");
    }
    return List.of(filter(column, null, compared.group(1), signed(compared)));
  }

  /** {@code name}, {@code name<0.5}, {@code name=yes} or {@code name=category}. */
  static Filter score(String text) {
    Matcher scored = SCORED.matcher(text);
    if (!scored.matches()) {
      // Whoever has a score of a name has a value or a word of it.
      return new Filter("scores_any", text, Operator.GREATER, 0.0);
    }
    String name = scored.group(1).strip();
    String operator = scored.group(2);
    String value = scored.group(3).strip();
    Double answer = ANSWERS.get(value);
    if (answer != null) {
      return filter("scores_avg", name, operator, answer);
    }
    Matcher compared = COMPARED.matcher(operator + value);
    if (compared.matches()) {
      return filter("scores_avg", name, operator, signed(compared));
    }
    if (!operator.equals("=") || value.isEmpty()) {
      throw ApiException.invalidRequest(
          "score takes a name and a bound such as quality<0.5, and not '" + text + "'");
    }
    return new Filter("score_categories", name, Operator.EQUAL, value);
  }

  private static double signed(Matcher compared) {
    double number = number(compared.group(3), compared.group(4));
    return compared.group(2).isEmpty() ? number : -number;
  }

  private static double number(String digits, @Nullable String unit) {
    return Double.parseDouble(digits) * (unit == null ? 1 : SECONDS.getOrDefault(unit, 1.0));
  }

  private static Filter filter(String column, @Nullable String key, String operator, double value) {
    return new Filter(column, key, OPERATORS.getOrDefault(operator, Operator.EQUAL), value);
  }
}
