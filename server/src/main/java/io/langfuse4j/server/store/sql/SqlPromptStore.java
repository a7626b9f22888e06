package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.store.PromptQuery;
import io.langfuse4j.server.store.PromptStore;
import io.langfuse4j.server.store.PromptSummary;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Prompts in the table of that name, one row per version. Thread-safe. */
final class SqlPromptStore implements PromptStore {
  private final SqlDatabase database;

  SqlPromptStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Prompt> addPrompt(String project, Prompt.Draft draft) {
    long weight = 1_000L + 2L * draft.content().length() + 2L * draft.config().length();
    return database.write(
        project, weight, (transaction, key) -> new PromptChanges(transaction, key).add(draft));
  }

  @Override
  public CompletableFuture<Prompt> labelPrompt(
      String project, String name, int version, List<String> labels) {
    List<String> added = List.copyOf(labels);
    return database.write(
        project,
        1_000,
        (transaction, key) -> new PromptChanges(transaction, key).label(name, version, added));
  }

  @Override
  public CompletableFuture<Integer> deletePrompts(
      String project, String name, @Nullable Integer version, @Nullable String label) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> new PromptChanges(transaction, key).delete(name, version, label));
  }

  @Override
  public @Nullable Prompt prompt(String project, Prompt.Reference reference) {
    Conditions conditions =
        of(project)
            .and("p.name = ?", reference.name())
            .andIfGiven("p.version = ?", reference.version())
            .andIfGiven(hasEntry("p.labels"), reference.label());
    List<Prompt> found =
        database.read(
            session ->
                conditions.list(
                    session,
                    "SELECT * FROM prompt p",
                    "ORDER BY p.version DESC LIMIT 1",
                    PromptRows::read));
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public boolean hasId(String project, String id) {
    return database.read(
            session ->
                of(project).and("p.id = ?", id).count(session, "SELECT count(*) FROM prompt p"))
        > 0;
  }

  @Override
  public List<PromptSummary> prompts(PromptQuery query) {
    return database.read(session -> page(session, query));
  }

  private List<PromptSummary> page(Session session, PromptQuery query) throws SQLException {
    List<String> names =
        matching(query)
            .list(
                session,
                "SELECT DISTINCT p.name FROM prompt p",
                "ORDER BY p.name LIMIT ? OFFSET ?",
                row -> Rows.required(row, "name"),
                query.limit(),
                query.offset());
    if (names.isEmpty()) {
      return List.of();
    }
    Map<String, List<Prompt>> versions = new LinkedHashMap<>();
    Conditions listed =
        matching(query)
            .and(
                "p.name IN (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")",
                names.toArray());
    for (Prompt prompt :
        listed.list(
            session,
            "SELECT p.id, p.name, p.version, p.type, p.config, p.labels, p.tags, p.commit_message,"
                + " p.created_by, p.created_at, p.updated_at FROM prompt p",
            "ORDER BY p.name, p.version",
            PromptRows::readWithoutContent)) {
      versions.computeIfAbsent(prompt.name(), name -> new ArrayList<>()).add(prompt);
    }
    return versions.values().stream().map(SqlPromptStore::summary).toList();
  }

  private static PromptSummary summary(List<Prompt> versions) {
    Prompt newest = versions.get(versions.size() - 1);
    Set<String> labels = new TreeSet<>();
    versions.forEach(version -> labels.addAll(version.labels()));
    return new PromptSummary(
        newest.name(),
        newest.type(),
        versions.stream().map(Prompt::version).toList(),
        List.copyOf(labels),
        newest.tags(),
        versions.stream().map(Prompt::updatedAt).max(Instant::compareTo).orElseThrow(),
        newest.config());
  }

  @Override
  public long countPrompts(PromptQuery query) {
    return database.read(
        session -> matching(query).count(session, "SELECT count(DISTINCT p.name) FROM prompt p"));
  }

  private Conditions matching(PromptQuery query) {
    return of(query.project())
        .andIfGiven("p.name = ?", query.name())
        .andIfGiven("p.version = ?", query.version())
        .andIfGiven(hasEntry("p.labels"), query.label())
        .andIfGiven(hasEntry("p.tags"), query.tag())
        .andIfGiven("p.updated_at >= ?", query.updatedFrom())
        .andIfGiven("p.updated_at < ?", query.updatedTo());
  }

  private static Conditions of(String project) {
    return Conditions.of(project, "p.project");
  }

  private String hasEntry(String column) {
    return "EXISTS (SELECT 1 FROM " + database.dialect().entries(column) + " WHERE e.value = ?)";
  }
}
