package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.ObservationType.RETRIEVER;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import io.langfuse4j.examples.helpdesk.policies.PolicySearch;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks up policies. A message with several questions is looked up in parallel, one by one. */
final class Retriever {
  private static final int PASSAGES = 4;
  private static final int PASSAGES_PER_PART = 2;
  private static final Pattern PART = Pattern.compile("[^?]+\\?");

  private final Langfuse langfuse;
  private final PolicySearch search;
  private final Executor executor;

  Retriever(Langfuse langfuse, PolicySearch search, ExecutorService executor) {
    this.langfuse = langfuse;
    this.search = search;
    // What runs on a wrapped executor is part of the trace that handed it over.
    this.executor = langfuse.wrap(executor);
  }

  List<Passage> retrieve(String question) {
    List<String> parts =
        PART.matcher(question).results().map(MatchResult::group).map(String::strip).toList();
    return parts.size() > 1 ? retrieveAll(parts) : retrieve(question, PASSAGES);
  }

  private List<Passage> retrieveAll(List<String> queries) {
    List<CompletableFuture<List<Passage>>> searches =
        queries.stream()
            .map(
                query ->
                    CompletableFuture.supplyAsync(
                        () -> retrieve(query, PASSAGES_PER_PART), executor))
            .toList();
    return merge(searches.stream().map(CompletableFuture::join).toList());
  }

  private List<Passage> retrieve(String query, int limit) {
    return langfuse.observe(
        "retrieve",
        RETRIEVER,
        retriever -> {
          retriever.input(query).metadata(Map.of("method", "bm25", "limit", limit));
          List<Passage> passages = search.find(query, limit);
          retriever.output(passages);
          return passages;
        });
  }

  /** Each passage once, best score first. */
  private static List<Passage> merge(List<List<Passage>> found) {
    Collection<Passage> distinct =
        found.stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(Passage::title, p -> p, Retriever::better))
            .values();
    return distinct.stream()
        .sorted(Comparator.comparingDouble(Passage::score).reversed().thenComparing(Passage::title))
        .toList();
  }

  private static Passage better(Passage one, Passage other) {
    return one.score() >= other.score() ? one : other;
  }
}
