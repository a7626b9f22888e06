package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.store.PromptQuery;
import io.langfuse4j.server.store.PromptStore;
import io.langfuse4j.server.store.PromptSummary;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prompts in the table of that name, one row per version. Thread-safe. */
final class SqlPromptStore implements PromptStore {
  private static final String BY_NAME =
      "SELECT * FROM prompt WHERE project = ? AND name = ? ORDER BY version";
  private static final String INSERT =
      "INSERT INTO prompt (project, id, name, version, type, content, config, labels, tags,"
          + " commit_message, created_by, created_at, updated_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_USE =
      "INSERT INTO prompt_use (prompt, project, name, version, label)"
          + " VALUES ((SELECT pk FROM prompt WHERE project = ? AND name = ? AND version = ?),"
          + " ?, ?, ?, ?)";
  private static final String SET_LABELS_AND_TAGS =
      "UPDATE prompt SET labels = ?, tags = ?, updated_at = ?"
          + " WHERE project = ? AND name = ? AND version = ?";
  private static final String USERS =
      "SELECT p.name AS user, p.version AS user_version, u.version, u.label"
          + " FROM prompt_use u JOIN prompt p ON p.pk = u.prompt"
          + " WHERE u.project = ? AND u.name = ? ORDER BY p.name, p.version";
  private static final String API = "API";

  private final SqlDatabase database;

  SqlPromptStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Prompt> addPrompt(String project, Prompt.Draft draft) {
    long weight = 1_000L + 2L * draft.content().length() + 2L * draft.config().length();
    return database.write(project, weight, (transaction, key) -> add(transaction, key, draft));
  }

  private static Prompt add(Transaction transaction, long project, Prompt.Draft draft)
      throws SQLException {
    List<Prompt> versions = versions(transaction, project, draft.name());
    Prompt newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
    if (newest != null && newest.type() != draft.type()) {
      throw new RefusedException(
          Reason.INVALID,
          "Previous versions have different prompt type. Create a new prompt with a different"
              + " name.");
    }
    Set<String> labels = new LinkedHashSet<>(draft.labels());
    labels.add(Prompt.LATEST);
    List<String> given = draft.tags();
    List<String> kept = newest == null ? List.of() : newest.tags();
    List<String> tags = given == null ? kept : given.stream().distinct().toList();
    for (Prompt version : versions) {
      change(transaction, project, version, without(version.labels(), labels), tags);
    }
    Prompt added = version(draft, newest, List.copyOf(labels), tags, transaction.now());
    insert(transaction, project, added, draft.uses());
    return added;
  }

  private static Prompt version(
      Prompt.Draft draft,
      @Nullable Prompt newest,
      List<String> labels,
      List<String> tags,
      Instant now) {
    return new Prompt(
        draft.id(),
        draft.name(),
        newest == null ? 1 : newest.version() + 1,
        draft.type(),
        draft.content(),
        draft.config(),
        labels,
        tags,
        draft.commitMessage(),
        API,
        now,
        now);
  }

  private static void insert(
      Transaction transaction, long project, Prompt prompt, List<Prompt.Reference> uses)
      throws SQLException {
    transaction.execute(
        INSERT,
        project,
        prompt.id(),
        prompt.name(),
        prompt.version(),
        prompt.type().name(),
        Blobs.encodeNullable(prompt.content()),
        prompt.config(),
        JsonText.write(prompt.labels()),
        JsonText.write(prompt.tags()),
        prompt.commitMessage(),
        prompt.createdBy(),
        prompt.createdAt(),
        prompt.updatedAt());
    for (Prompt.Reference use : uses) {
      transaction.execute(
          INSERT_USE,
          project,
          prompt.name(),
          prompt.version(),
          project,
          use.name(),
          use.version(),
          use.label());
    }
  }

  @Override
  public CompletableFuture<Prompt> labelPrompt(
      String project, String name, int version, List<String> labels) {
    List<String> added = List.copyOf(labels);
    return database.write(
        project, 1_000, (transaction, key) -> label(transaction, key, name, version, added));
  }

  private static Prompt label(
      Transaction transaction, long project, String name, int version, List<String> labels)
      throws SQLException {
    Prompt labelled = null;
    for (Prompt prompt : versions(transaction, project, name)) {
      if (prompt.version() == version) {
        Set<String> all = new LinkedHashSet<>(labels);
        all.addAll(prompt.labels());
        labelled = change(transaction, project, prompt, List.copyOf(all), prompt.tags());
      } else {
        change(transaction, project, prompt, without(prompt.labels(), labels), prompt.tags());
      }
    }
    if (labelled == null) {
      throw new RefusedException(
          Reason.NOT_FOUND, "Prompt '" + name + "' version " + version + " not found in project");
    }
    return labelled;
  }

  private static Prompt change(
      Transaction transaction, long project, Prompt prompt, List<String> labels, List<String> tags)
      throws SQLException {
    if (labels.equals(prompt.labels()) && tags.equals(prompt.tags())) {
      return prompt;
    }
    transaction.execute(
        SET_LABELS_AND_TAGS,
        JsonText.write(labels),
        JsonText.write(tags),
        transaction.now(),
        project,
        prompt.name(),
        prompt.version());
    return new Prompt(
        prompt.id(),
        prompt.name(),
        prompt.version(),
        prompt.type(),
        prompt.content(),
        prompt.config(),
        labels,
        tags,
        prompt.commitMessage(),
        prompt.createdBy(),
        prompt.createdAt(),
        transaction.now());
  }

  @Override
  public CompletableFuture<Integer> deletePrompts(
      String project, String name, @Nullable Integer version, @Nullable String label) {
    return database.write(
        project, 1_000, (transaction, key) -> delete(transaction, key, name, version, label));
  }

  private static int delete(
      Transaction transaction,
      long project,
      String name,
      @Nullable Integer version,
      @Nullable String label)
      throws SQLException {
    List<Prompt> gone = new ArrayList<>();
    List<Prompt> left = new ArrayList<>();
    for (Prompt prompt : versions(transaction, project, name)) {
      boolean named = version == null || prompt.version() == version;
      boolean labelled = label == null || prompt.labels().contains(label);
      (named && labelled ? gone : left).add(prompt);
    }
    if (gone.isEmpty()) {
      throw new RefusedException(Reason.NOT_FOUND, "Prompt not found");
    }
    refuseIfUsed(transaction, project, name, gone, left);
    for (Prompt prompt : gone) {
      delete(transaction, project, prompt);
    }
    if (!left.isEmpty() && gone.stream().anyMatch(SqlPromptStore::isLatest)) {
      Prompt newest = left.get(left.size() - 1);
      Set<String> labels = new LinkedHashSet<>(newest.labels());
      labels.add(Prompt.LATEST);
      change(transaction, project, newest, List.copyOf(labels), newest.tags());
    }
    return gone.size();
  }

  private static boolean isLatest(Prompt prompt) {
    return prompt.labels().contains(Prompt.LATEST);
  }

  private static void delete(Transaction transaction, long project, Prompt prompt)
      throws SQLException {
    for (String sql :
        List.of(
            "DELETE FROM prompt_use WHERE prompt ="
                + " (SELECT pk FROM prompt WHERE project = ? AND name = ? AND version = ?)",
            "DELETE FROM prompt WHERE project = ? AND name = ? AND version = ?")) {
      transaction.execute(sql, project, prompt.name(), prompt.version());
    }
  }

  private static void refuseIfUsed(
      Transaction transaction, long project, String name, List<Prompt> gone, List<Prompt> left)
      throws SQLException {
    Set<Integer> versions = gone.stream().map(Prompt::version).collect(Collectors.toSet());
    Set<String> labelsLeft =
        left.stream().flatMap(prompt -> prompt.labels().stream()).collect(Collectors.toSet());
    String users =
        transaction
            .list(USERS, row -> user(row, name, versions, labelsLeft), project, name)
            .stream()
            .filter(user -> !user.isEmpty())
            .collect(Collectors.joining("\n"));
    if (!users.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID,
          "Other prompts are depending on prompt versions you are trying to delete:\n\n"
              + users
              + "\n\nPlease delete the dependent prompts first.");
    }
  }

  /** Says who needs what is deleted; empty if the row's user does not. */
  private static String user(
      ResultSet row, String name, Set<Integer> versionsGone, Set<String> labelsLeft)
      throws SQLException {
    Long version = Rows.integer(row, "version");
    String label = Rows.text(row, "label");
    boolean needed =
        version == null ? !labelsLeft.contains(label) : versionsGone.contains(version.intValue());
    return needed
        ? "%s v%d depends on %s %s"
            .formatted(
                Rows.required(row, "user"),
                row.getInt("user_version"),
                name,
                version == null ? label : "v" + version)
        : "";
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
                    SqlPromptStore::read));
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
            SqlPromptStore::readWithoutContent)) {
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

  private static List<Prompt> versions(Transaction transaction, long project, String name)
      throws SQLException {
    return transaction.list(BY_NAME, SqlPromptStore::read, project, name);
  }

  private static List<String> without(List<String> labels, Collection<String> taken) {
    return labels.stream().filter(label -> !taken.contains(label)).toList();
  }

  private static Prompt read(ResultSet row) throws SQLException {
    return read(row, Blobs.decode(row.getBytes("content")));
  }

  private static Prompt readWithoutContent(ResultSet row) throws SQLException {
    return read(row, "null");
  }

  private static Prompt read(ResultSet row, String content) throws SQLException {
    return new Prompt(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        row.getInt("version"),
        Prompt.Type.valueOf(Rows.required(row, "type").toUpperCase(Locale.ROOT)),
        content,
        Rows.required(row, "config"),
        JsonText.strings(Rows.required(row, "labels")),
        JsonText.strings(Rows.required(row, "tags")),
        Rows.text(row, "commit_message"),
        Rows.required(row, "created_by"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
