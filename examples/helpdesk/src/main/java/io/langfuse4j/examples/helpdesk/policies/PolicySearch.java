package io.langfuse4j.examples.helpdesk.policies;

import io.langfuse4j.examples.helpdesk.language.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** Finds policies by their words, best match first (BM25). Thread-safe. */
public final class PolicySearch {
  private static final String TITLE = "title";
  private static final String TEXT = "text";
  private static final String SEARCHED = "searched";

  private final QueryBuilder queries = new QueryBuilder(Words.analyzer());
  private final IndexSearcher searcher;

  private PolicySearch(IndexSearcher searcher) {
    this.searcher = searcher;
  }

  /** Indexes the policies in memory. */
  public static PolicySearch over(List<Policy> policies) {
    try {
      Directory directory = new ByteBuffersDirectory();
      try (IndexWriter writer =
          new IndexWriter(directory, new IndexWriterConfig(Words.analyzer()))) {
        for (Policy policy : policies) {
          writer.addDocument(document(policy));
        }
      }
      return new PolicySearch(new IndexSearcher(DirectoryReader.open(directory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The policies that share words with the query, at most {@code limit} of them. */
  public List<Passage> find(String query, int limit) {
    @Nullable Query parsed = queries.createBooleanQuery(SEARCHED, query);
    if (parsed == null) { // nothing but stop words
      return List.of();
    }
    try {
      List<Passage> passages = new ArrayList<>();
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(parsed, limit).scoreDocs) {
        passages.add(passage(stored.document(hit.doc), hit.score));
      }
      return passages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document document(Policy policy) {
    Document document = new Document();
    document.add(new StoredField(TITLE, policy.title()));
    document.add(new StoredField(TEXT, policy.text()));
    document.add(new TextField(SEARCHED, policy.title() + "\n" + policy.text(), Field.Store.NO));
    return document;
  }

  private static Passage passage(Document document, float score) {
    return new Passage(document.get(TITLE), document.get(TEXT), Math.round(score * 1000) / 1000.0);
  }
}
