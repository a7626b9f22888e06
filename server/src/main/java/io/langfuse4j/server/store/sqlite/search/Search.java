package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.common.SearchWords;
import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.Where;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches traces for: an id, or words that all occur in the trace. The last word may
 * be the beginning of one. Conditions are over traces as {@code t}.
 */
final class Search {
  private static final int LEAST_BEGINNING = 2;

  private static final String DOCUMENTS = " FROM " + Database.SEARCH + ".doc WHERE doc MATCH ?";
  private static final String TRACES_OF_WORD =
      "SELECT rowid >> " + SearchFile.DOCUMENT_BITS + DOCUMENTS;
  private static final String TRACE_HAS_WORD =
      "EXISTS (SELECT 1"
          + DOCUMENTS
          + " AND rowid BETWEEN t.pk << %1$d AND (t.pk << %1$d) + %2$d)"
              .formatted(SearchFile.DOCUMENT_BITS, (1L << SearchFile.DOCUMENT_BITS) - 1);
  private static final String TRACES_OF_ID =
      "SELECT pk FROM trace WHERE id = ? UNION SELECT trace FROM observation WHERE id = ?";

  /** For what holds no word at all, such as a percent sign. */
  private static final String NAMES_CONTAIN =
      "(instr(t.name, ?) > 0 OR instr(t.user_id, ?) > 0 OR instr(t.session_id, ?) > 0)";

  private final String text;
  private final List<String> expressions;
  private final boolean lastIsBeginning;

  private Search(String text, List<String> expressions, boolean lastIsBeginning) {
    this.text = text;
    this.expressions = expressions;
    this.lastIsBeginning = lastIsBeginning;
  }

  /** Null if it restricts nothing. */
  static @Nullable Search of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Set<String> words = SearchWords.of(text);
    List<String> expressions = new ArrayList<>();
    String last = "";
    for (String word : words) {
      expressions.add('"' + word + '"');
      last = word;
    }
    boolean open = SearchWords.endsOpen(text) && last.length() >= LEAST_BEGINNING;
    if (open) {
      expressions.set(expressions.size() - 1, '"' + last + "\" *");
    }
    return new Search(text.strip(), expressions, open);
  }

  /** For counting and grouping: every match is needed. */
  void restrictAll(Where where) {
    if (expressions.isEmpty()) {
      where.and(NAMES_CONTAIN, text, text, text);
    } else {
      where.and("t.pk IN (" + matches() + " UNION " + TRACES_OF_ID + ")", values());
    }
  }

  private String matches() {
    return "SELECT * FROM ("
        + String.join(" INTERSECT ", expressions.stream().map(word -> TRACES_OF_WORD).toList())
        + ")";
  }

  private Object[] values() {
    List<Object> values = new ArrayList<>(expressions);
    values.add(text);
    values.add(text);
    return values.toArray();
  }

  /**
   * For one page. If all words are frequent, traces are walked in the order of the page until it is
   * full; otherwise the few traces of the rarest word are looked up.
   */
  void restrictPage(Connection connection, Where where) throws SQLException {
    if (expressions.isEmpty() || isId(connection)) {
      restrictAll(where);
      return;
    }
    for (int i = 0; i < expressions.size(); i++) {
      String expression = expressions.get(i);
      boolean beginning = lastIsBeginning && i == expressions.size() - 1;
      if (isRare(connection, expression)) {
        where.byKey().and("t.pk IN (" + TRACES_OF_WORD + ")", expression);
      } else if (beginning) {
        // Its words are put together once; trace by trace they would be each time.
        where.and("t.pk IN (" + TRACES_OF_WORD + ")", expression);
      } else {
        where.and(TRACE_HAS_WORD, expression);
      }
    }
  }

  private boolean isId(Connection connection) throws SQLException {
    return !Sql.rows(connection, TRACES_OF_ID, row -> row.getLong(1), text, text).isEmpty();
  }

  private static boolean isRare(Connection connection, String expression) throws SQLException {
    return Sql.fewRows(connection, "SELECT 1" + DOCUMENTS, expression);
  }
}
