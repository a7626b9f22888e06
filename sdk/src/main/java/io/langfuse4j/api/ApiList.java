package io.langfuse4j.api;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list on the server, page by page or as a whole. Every use asks the server anew. Thread-safe.
 *
 * @param <T> what is listed
 */
public final class ApiList<T> implements Iterable<T> {

  private final LangfuseApi api;
  private final String path;
  private final boolean byCursor;
  private final Function<ApiObject, T> type;
  private final Consumer<? super Query> query;

  ApiList(
      LangfuseApi api,
      String path,
      boolean byCursor,
      Function<ApiObject, T> type,
      Consumer<? super Query> query) {
    this.api = api;
    this.path = path;
    this.byCursor = byCursor;
    this.type = type;
    this.query = query;
  }

  /** The page that the query names, or else the first. */
  public Page<T> page() {
    Query asked = new Query();
    query.accept(asked);
    ApiRequest request = api.request("GET", path);
    asked.addTo(request);
    return page(asked, request.send());
  }

  private Page<T> page(Query asked, ApiObject answer) {
    List<T> data = answer.objects("data").stream().map(type).toList();
    ApiObject meta = answer.object("meta");
    if (byCursor) {
      return new Page<>(data, 0, -1, -1, meta.text("cursor"));
    }
    int page = meta.integer("page");
    int first = asked.parameter("page") instanceof Integer number ? number : 1;
    return new Page<>(
        data,
        page == 0 ? first : page,
        meta.get("totalItems") == null ? -1 : meta.integer("totalItems"),
        meta.get("totalPages") == null ? -1 : meta.integer("totalPages"),
        null);
  }

  /** All pages, each fetched when it is needed. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private @Nullable Page<T> page;
      private Iterator<T> entries = List.<T>of().iterator();

      @Override
      public boolean hasNext() {
        while (!entries.hasNext()) {
          Page<T> before = page;
          if (before != null && before.isLast()) {
            return false;
          }
          Page<T> next = before == null ? page() : after(before).page();
          page = next;
          entries = next.data().iterator();
        }
        return true;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return entries.next();
      }
    };
  }

  private ApiList<T> after(Page<T> page) {
    return new ApiList<>(
        api,
        path,
        byCursor,
        type,
        next -> {
          query.accept(next);
          next.with(byCursor ? "cursor" : "page", byCursor ? page.cursor() : page.page() + 1);
        });
  }
}
