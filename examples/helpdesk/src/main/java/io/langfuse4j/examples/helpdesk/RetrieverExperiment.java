package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import io.langfuse4j.examples.helpdesk.policies.Policy;
import io.langfuse4j.examples.helpdesk.policies.PolicyLibrary;
import io.langfuse4j.examples.helpdesk.policies.PolicySearch;
import io.langfuse4j.experiment.ExperimentComparison;
import io.langfuse4j.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tries two retrievers on the ten questions: one searches the titles of the policies, one all of
 * their words. Where there is a server, the questions become a dataset there and each try a run of
 * it.
 */
public final class RetrieverExperiment {
  static final String DATASET = "helpdesk-questions";
  private static final int PASSAGES = 4;

  /** What a question looks up, by title. */
  record Titles(List<String> titles) {}

  /** Both tries. */
  record Outcome(
      ExperimentResult<String, Titles, Titles> titles,
      ExperimentResult<String, Titles, Titles> words) {

    ExperimentComparison comparison() {
      return words.compare(titles);
    }
  }

  private final Langfuse langfuse;

  RetrieverExperiment(Langfuse langfuse) {
    this.langfuse = langfuse;
  }

  /** Runs both and prints them. */
  public static void main(String[] arguments) {
    try (Langfuse langfuse = Langfuse.get()) {
      Outcome outcome = new RetrieverExperiment(langfuse).run();
      System.out.println(outcome.titles().format());
      System.out.println(outcome.words().format());
      System.out.println(outcome.words().toTable());
      System.out.println(outcome.comparison().toTable());
    }
  }

  Outcome run() {
    List<Policy> policies = PolicyLibrary.load();
    List<Policy> titles = policies.stream().map(policy -> new Policy(policy.title(), "")).toList();
    List<DatasetItem<String, Titles>> items = items();
    return new Outcome(
        experiment("titles", items, PolicySearch.over(titles)),
        experiment("words", items, PolicySearch.over(policies)));
  }

  private ExperimentResult<String, Titles, Titles> experiment(
      String retriever, List<DatasetItem<String, Titles>> items, PolicySearch search) {
    return langfuse
        .experiment("retrieval by " + retriever)
        .data(items)
        .task(item -> find(search, item.input()))
        .metadata(Map.of("retriever", retriever))
        .evaluator("first", RetrieverExperiment::isFirstExpected)
        .evaluator("recall", RetrieverExperiment::recall)
        .run();
  }

  private static Titles find(PolicySearch search, String question) {
    return new Titles(search.find(question, PASSAGES).stream().map(Passage::title).toList());
  }

  private static Object isFirstExpected(EvaluatorInputs<String, Titles, Titles> inputs) {
    List<String> found = inputs.output().titles();
    return !found.isEmpty() && expected(inputs).contains(found.get(0));
  }

  /** The share of the expected policies that were found. */
  private static Object recall(EvaluatorInputs<String, Titles, Titles> inputs) {
    List<String> missing = new ArrayList<>(expected(inputs));
    missing.removeAll(inputs.output().titles());
    return 1 - (double) missing.size() / expected(inputs).size();
  }

  private static List<String> expected(EvaluatorInputs<String, Titles, Titles> inputs) {
    Titles expected = inputs.expectedOutput();
    return expected == null ? List.of() : expected.titles();
  }

  private List<DatasetItem<String, Titles>> items() {
    List<DatasetItem<String, Titles>> items = new ArrayList<>();
    for (Question question : Conversations.of("experiment")) {
      items.add(
          DatasetItem.of(question.text(), new Titles(question.expectedPolicies()))
              .withId("helpdesk-question-" + (items.size() + 1)));
    }
    if (!langfuse.isEnabled() || langfuse.baseUrl() == null) {
      return items;
    }
    langfuse.datasets().create(DATASET, d -> d.description("The ten questions of the help desk"));
    langfuse.datasets().addItems(DATASET, items); // by id, so that a second time changes nothing
    return langfuse.datasets().get(DATASET).as(String.class, Titles.class).items();
  }
}
