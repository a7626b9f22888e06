package io.langfuse4j.server.api;

import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters by what was commented on. Comments may be kept elsewhere than traces, so that these
 * conditions become conditions on ids.
 */
final class CommentFilters {
  private static final String COUNT = "commentCount";
  private static final String CONTENT = "commentContent";
  private static final Set<String> COLUMNS = Set.of(COUNT, CONTENT);
  private static final int PAGE = 1_000;

  private CommentFilters() {}

  /** The filters, of which those by comments are replaced. */
  static List<Filter> resolve(
      List<Filter> filters, AnnotationStore store, String project, Comment.ObjectType type) {
    if (filters.stream().noneMatch(filter -> COLUMNS.contains(filter.column()))) {
      return filters;
    }
    Map<String, List<String>> contents = contents(store, project, type);
    return filters.stream()
        .map(filter -> COLUMNS.contains(filter.column()) ? byIds(filter, contents) : filter)
        .toList();
  }

  private static Map<String, List<String>> contents(
      AnnotationStore store, String project, Comment.ObjectType type) {
    Map<String, List<String>> contents = new HashMap<>();
    List<Comment> page;
    long offset = 0;
    do {
      page = store.comments(project, type, null, null, PAGE, offset);
      for (Comment comment : page) {
        contents
            .computeIfAbsent(comment.objectId(), id -> new ArrayList<>())
            .add(comment.content());
      }
      offset += PAGE;
    } while (page.size() == PAGE);
    return contents;
  }

  private static Filter byIds(Filter filter, Map<String, List<String>> contents) {
    Predicate<List<String>> condition =
        COUNT.equals(filter.column()) ? counted(filter) : said(filter);
    boolean withoutAny = condition.test(List.of());
    List<String> ids =
        contents.entrySet().stream()
            .filter(entry -> condition.test(entry.getValue()) != withoutAny)
            .map(Map.Entry::getKey)
            .toList();
    return new Filter("id", null, withoutAny ? Operator.NONE_OF : Operator.ANY_OF, ids);
  }

  private static Predicate<List<String>> counted(Filter filter) {
    if (!(filter.value() instanceof Double number)) {
      throw filter.unsupported();
    }
    return switch (filter.operator()) {
      case EQUAL -> contents -> contents.size() == number;
      case LESS -> contents -> contents.size() < number;
      case LESS_OR_EQUAL -> contents -> contents.size() <= number;
      case GREATER -> contents -> contents.size() > number;
      case GREATER_OR_EQUAL -> contents -> contents.size() >= number;
      default -> throw filter.unsupported();
    };
  }

  private static Predicate<List<String>> said(Filter filter) {
    @Nullable Filter opposite = filter.opposite();
    Predicate<String> one = text(Objects.requireNonNullElse(opposite, filter));
    return opposite == null
        ? contents -> contents.stream().anyMatch(one)
        : contents -> contents.stream().noneMatch(one);
  }

  private static Predicate<String> text(Filter filter) {
    String text = filter.value().toString();
    return switch (filter.operator()) {
      case EQUAL -> text::equals;
      case CONTAINS -> content -> content.contains(text);
      case STARTS_WITH -> content -> content.startsWith(text);
      case ENDS_WITH -> content -> content.endsWith(text);
      case ANY_OF -> filter.strings()::contains;
      case IS_NOT_NULL -> content -> true;
      default -> throw filter.unsupported();
    };
  }
}
