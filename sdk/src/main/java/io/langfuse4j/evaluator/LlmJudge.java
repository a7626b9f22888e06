package io.langfuse4j.evaluator;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.internal.json.PlainJson;
import io.langfuse4j.prompt.Prompt;
import io.langfuse4j.prompt.TextPrompt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model judge. The model is a function of the application's, from a prompt to an answer; its
 * call is a generation in the trace, below the evaluator. The answer must contain a JSON object
 * with {@code score} and, if it likes, {@code reasoning}, which becomes the comment; anything else
 * counts as a failure of the evaluator.
 *
 * <pre>{@code
 * LlmJudge helpful =
 *     LlmJudge.of(langfuse, "helpful", prompt -> chat(prompt))
 *         .criteria("Does the answer help the customer to act?")
 *         .scale(1, 5);
 * }</pre>
 *
 * <p>Immutable; as thread-safe as the function.
 */
public final class LlmJudge
    implements Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> {

  /** Asks a model. */
  @FunctionalInterface
  public interface Model {
    String answer(String prompt) throws Exception;
  }

  private static final String TEMPLATE =
      """
      You judge the output of a system.

      Criteria: {{criteria}}

      Input:
      {{input}}

      Expected output:
      {{expected_output}}

      Output:
      {{output}}

      Answer with a JSON object and nothing else: \
      {"reasoning": "why, in a sentence", "score": {{scale}}}
      """;

  private final Langfuse langfuse;
  private final String name;
  private final Model model;
  private final String criteria;
  private final double lowest;
  private final double highest;
  private final List<String> categories;
  private final @Nullable String modelName;
  private final @Nullable TextPrompt prompt;

  private LlmJudge(
      Langfuse langfuse,
      String name,
      Model model,
      String criteria,
      double lowest,
      double highest,
      List<String> categories,
      @Nullable String modelName,
      @Nullable TextPrompt prompt) {
    this.langfuse = langfuse;
    this.name = name;
    this.model = model;
    this.criteria = criteria;
    this.lowest = lowest;
    this.highest = highest;
    this.categories = categories;
    this.modelName = modelName;
    this.prompt = prompt;
  }

  /** A judge of that name, who scores from 0 to 1. */
  public static LlmJudge of(Langfuse langfuse, String name, Model model) {
    return new LlmJudge(
        langfuse, name, model, "Is the output correct?", 0, 1, List.of(), null, null);
  }

  /** What makes an output good. */
  public LlmJudge criteria(String criteria) {
    return new LlmJudge(
        langfuse, name, model, criteria, lowest, highest, categories, modelName, prompt);
  }

  /** The numbers that may be given; others count as a failure. */
  public LlmJudge scale(double lowest, double highest) {
    if (!(lowest < highest)) {
      throw new IllegalArgumentException("a scale from " + lowest + " to " + highest);
    }
    return new LlmJudge(
        langfuse, name, model, criteria, lowest, highest, List.of(), modelName, prompt);
  }

  /** The categories that may be given instead of a number; others count as a failure. */
  public LlmJudge categories(String... categories) {
    return new LlmJudge(
        langfuse, name, model, criteria, lowest, highest, List.of(categories), modelName, prompt);
  }

  /** The constants of an enum as categories. */
  public LlmJudge categories(Class<? extends Enum<?>> type) {
    String[] names = new String[type.getEnumConstants().length];
    for (int i = 0; i < names.length; i++) {
      names[i] = type.getEnumConstants()[i].name();
    }
    return categories(names);
  }

  /** The model's name, for the generation in the trace. */
  public LlmJudge modelName(@Nullable String modelName) {
    return new LlmJudge(
        langfuse, name, model, criteria, lowest, highest, categories, modelName, prompt);
  }

  /**
   * Words of one's own, with the variables {@code criteria}, {@code input}, {@code output}, {@code
   * expected_output} and {@code scale}; the generation is linked to it.
   */
  public LlmJudge prompt(@Nullable TextPrompt prompt) {
    return new LlmJudge(
        langfuse, name, model, criteria, lowest, highest, categories, modelName, prompt);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<List<Evaluation>> evaluate(
      EvaluatorInputs<@Nullable Object, @Nullable Object, @Nullable Object> inputs)
      throws Exception {
    String question = question(inputs);
    String answer =
        langfuse.observe(
            name + "-judge",
            ObservationType.GENERATION,
            generation -> {
              generation.model(modelName).prompt((Prompt) prompt).input(question);
              String said = model.answer(question);
              generation.output(said);
              return said;
            });
    return Evaluator.evaluations(name, verdict(answer));
  }

  private String question(EvaluatorInputs<?, ?, ?> inputs) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("criteria", criteria);
    values.put("input", shown(inputs.input()));
    values.put("output", shown(inputs.output()));
    values.put(
        "expected_output",
        inputs.expectedOutput() == null ? "(none)" : shown(inputs.expectedOutput()));
    values.put(
        "scale",
        categories.isEmpty()
            ? "a number from " + shown(lowest) + " to " + shown(highest)
            : "one of " + PlainJson.write(categories));
    if (prompt != null) {
      return prompt.compile(values).text();
    }
    return filled(values);
  }

  /** Each place in order, so that braces in a value are not taken for a place. */
  private static String filled(Map<String, @Nullable Object> values) {
    StringBuilder filled = new StringBuilder();
    int done = 0;
    for (int open = TEMPLATE.indexOf("{{"); open >= 0; open = TEMPLATE.indexOf("{{", done)) {
      int close = TEMPLATE.indexOf("}}", open);
      filled.append(TEMPLATE, done, open).append(values.get(TEMPLATE.substring(open + 2, close)));
      done = close + 2;
    }
    return filled.append(TEMPLATE.substring(done)).toString();
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Double number && number == Math.rint(number)) {
      return Long.toString(number.longValue());
    }
    return value instanceof String text ? text : PlainJson.write(value);
  }

  private Evaluation verdict(String answer) throws IOException {
    int begin = answer.indexOf('{');
    int end = answer.lastIndexOf('}');
    if (begin < 0 || end < begin) {
      throw new IOException("The judge '" + name + "' did not answer with a JSON object.");
    }
    Object json = PlainJson.read(answer.substring(begin, end + 1));
    Map<?, ?> verdict = json instanceof Map<?, ?> map ? map : Map.of();
    Object reasoning = verdict.get("reasoning");
    return evaluation(verdict.get("score"))
        .comment(reasoning == null ? null : reasoning.toString());
  }

  private Evaluation evaluation(@Nullable Object score) throws IOException {
    if (!categories.isEmpty()
        && score instanceof String category
        && categories.contains(category)) {
      return Evaluation.of(name, category);
    }
    if (categories.isEmpty() && score instanceof Number number) {
      double value = number.doubleValue();
      if (value >= lowest && value <= highest) {
        return Evaluation.of(name, value);
      }
    }
    throw new IOException(
        "The judge '" + name + "' gave a score that is not in the rubric: " + score);
  }
}
