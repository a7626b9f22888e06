package io.langfuse4j.server.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The models that one project may use, its own first, and what has been found for the names seen so
 * far. Never changed: when the project's models change, another takes its place. Thread-safe.
 */
final class Catalog {
  private static final int LONGEST_NAME = 1_000;
  private static final int MOST_NAMES_KEPT = 10_000;

  private final List<Model> own;
  private final Map<String, Optional<Model>> found = new ConcurrentHashMap<>();

  Catalog(List<Model> own) {
    List<Model> ordered = new ArrayList<>(own);
    ordered.sort(
        Comparator.comparing(Model::startDate, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Model::createdAt, Comparator.reverseOrder()));
    this.own = List.copyOf(ordered);
  }

  List<Model> models() {
    List<Model> all = new ArrayList<>(own);
    all.addAll(PriceTable.instance().models());
    return all;
  }

  @Nullable Model byId(String id) {
    for (Model model : own) {
      if (model.id().equals(id)) {
        return model;
      }
    }
    return PriceTable.instance().byId(id);
  }

  /** The first model whose pattern is found in the name; null if there is none. */
  @Nullable Model match(String name) {
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    Optional<Model> known = found.get(name);
    if (known == null) {
      known = models().stream().filter(model -> matches(model, name)).findFirst();
      if (found.size() < MOST_NAMES_KEPT) {
        found.put(name, known);
      }
    }
    return known.orElse(null);
  }

  private static boolean matches(Model model, String name) {
    SafePattern pattern = SafePattern.of(model.matchPattern(), true);
    return pattern != null && pattern.isFoundIn(name);
  }
}
