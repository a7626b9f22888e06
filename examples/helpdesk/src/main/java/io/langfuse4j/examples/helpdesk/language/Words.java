package io.langfuse4j.examples.helpdesk.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The words of a text that carry meaning, in their base form: "two parcels" has "parcel". */
public final class Words {
  private static final Analyzer ANALYZER = new EnglishAnalyzer(stopWords());

  private Words() {}

  /** Takes texts apart for an index or a query. */
  public static Analyzer analyzer() {
    return ANALYZER;
  }

  public static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = ANALYZER.tokenStream("text", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  /** Lucene's English stop words, and those that questions are made of. */
  private static CharArraySet stopWords() {
    CharArraySet words = CharArraySet.copy(EnglishAnalyzer.getDefaultStopSet());
    for (String word :
        ("i you he she we me my your our us who whom whose which what where when why how can could"
                + " do does did have has had would should may might must shall am been being from"
                + " so than too very just any some all one two three four five six seven eight nine"
                + " ten now here out up down about please want like get got until")
            .split(" ")) {
      words.add(word);
    }
    return words;
  }
}
