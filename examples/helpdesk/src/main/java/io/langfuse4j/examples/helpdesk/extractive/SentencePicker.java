package io.langfuse4j.examples.helpdesk.extractive;

import io.langfuse4j.examples.helpdesk.language.Sentences;
import io.langfuse4j.examples.helpdesk.language.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the sentences of a text that answer a question: those that share its words, rare words
 * counting more than common ones. Words of the heading above a sentence count half.
 */
final class SentencePicker {
  private static final String HEADING = "## ";

  /** A sentence that shares fewer words with the question is taken for a coincidence. */
  private static final int SHARED_WORDS_NEEDED = 2;

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<String, Integer> frequencies = new HashMap<>();

  SentencePicker(String context) {
    Set<String> heading = Set.of();
    for (String line : context.lines().toList()) {
      if (line.startsWith(HEADING)) {
        heading = Words.of(line);
      } else {
        addSentences(line, heading);
      }
    }
  }

  /** The best sentence for each sentence of the question, as far as there is one. */
  List<String> pick(String question) {
    Set<String> picked = new LinkedHashSet<>();
    for (String part : Sentences.of(question)) {
      best(Words.of(part)).ifPresent(picked::add);
    }
    return List.copyOf(picked);
  }

  private void addSentences(String line, Set<String> heading) {
    for (String sentence : Sentences.of(line)) {
      Candidate candidate = new Candidate(sentence, Words.of(sentence), heading);
      candidates.add(candidate);
      candidate.words().forEach(word -> frequencies.merge(word, 1, Integer::sum));
    }
  }

  private Optional<String> best(Set<String> question) {
    @Nullable Candidate best = null;
    double bestScore = 0;
    for (Candidate candidate : candidates) {
      double score = score(candidate, question);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return Optional.ofNullable(best).map(Candidate::sentence);
  }

  private double score(Candidate candidate, Set<String> question) {
    double score = 0;
    int shared = 0;
    for (String word : question) {
      if (candidate.words().contains(word)) {
        score += rarity(word);
        shared++;
      } else if (candidate.heading().contains(word)) {
        score += rarity(word) / 2;
        shared++;
      }
    }
    return shared < SHARED_WORDS_NEEDED ? 0 : score;
  }

  private double rarity(String word) {
    return Math.log(1 + (double) candidates.size() / frequencies.getOrDefault(word, 1));
  }

  private record Candidate(String sentence, Set<String> words, Set<String> heading) {}
}
