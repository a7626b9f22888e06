package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the versions of a project's prompts in one transaction: a label is on one version
 * at most, the newest is the latest, and what others use stays.
 */
record PromptChanges(Transaction transaction, long project) {
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

  Prompt add(Prompt.Draft draft) throws SQLException {
    List<Prompt> versions = versions(draft.name());
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
      change(version, without(version.labels(), labels), tags);
    }
    Prompt added = version(draft, newest, List.copyOf(labels), tags, transaction.now());
    insert(added, draft.uses());
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

  private void insert(Prompt prompt, List<Prompt.Reference> uses) throws SQLException {
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

  Prompt label(String name, int version, List<String> labels) throws SQLException {
    Prompt labelled = null;
    for (Prompt prompt : versions(name)) {
      if (prompt.version() == version) {
        Set<String> all = new LinkedHashSet<>(labels);
        all.addAll(prompt.labels());
        labelled = change(prompt, List.copyOf(all), prompt.tags());
      } else {
        change(prompt, without(prompt.labels(), labels), prompt.tags());
      }
    }
    if (labelled == null) {
      throw new RefusedException(
          Reason.NOT_FOUND, "Prompt '" + name + "' version " + version + " not found in project");
    }
    return labelled;
  }

  private Prompt change(Prompt prompt, List<String> labels, List<String> tags) throws SQLException {
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

  int delete(String name, @Nullable Integer version, @Nullable String label) throws SQLException {
    List<Prompt> gone = new ArrayList<>();
    List<Prompt> left = new ArrayList<>();
    for (Prompt prompt : versions(name)) {
      boolean named = version == null || prompt.version() == version;
      boolean labelled = label == null || prompt.labels().contains(label);
      (named && labelled ? gone : left).add(prompt);
    }
    if (gone.isEmpty()) {
      throw new RefusedException(Reason.NOT_FOUND, "Prompt not found");
    }
    refuseIfUsed(name, gone, left);
    for (Prompt prompt : gone) {
      delete(prompt);
    }
    if (!left.isEmpty() && gone.stream().anyMatch(PromptChanges::isLatest)) {
      Prompt newest = left.get(left.size() - 1);
      Set<String> labels = new LinkedHashSet<>(newest.labels());
      labels.add(Prompt.LATEST);
      change(newest, List.copyOf(labels), newest.tags());
    }
    return gone.size();
  }

  private static boolean isLatest(Prompt prompt) {
    return prompt.labels().contains(Prompt.LATEST);
  }

  private void delete(Prompt prompt) throws SQLException {
    for (String sql :
        List.of(
            "DELETE FROM prompt_use WHERE prompt ="
                + " (SELECT pk FROM prompt WHERE project = ? AND name = ? AND version = ?)",
            "DELETE FROM prompt WHERE project = ? AND name = ? AND version = ?")) {
      transaction.execute(sql, project, prompt.name(), prompt.version());
    }
  }

  private void refuseIfUsed(String name, List<Prompt> gone, List<Prompt> left) throws SQLException {
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

  private List<Prompt> versions(String name) throws SQLException {
    return transaction.list(BY_NAME, PromptRows::read, project, name);
  }

  private static List<String> without(List<String> labels, Collection<String> taken) {
    return labels.stream().filter(label -> !taken.contains(label)).toList();
  }
}
