package io.langfuse4j.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. Immutable.
 *
 * @param <T> what is listed
 * @param page its number, from 1; 0 where the list goes by cursor
 * @param totalItems of the whole list; -1 where the server does not say
 * @param totalPages of the whole list; -1 where the server does not say
 * @param cursor asks for the next page, where the list goes by cursor; null on the last
 */
public record Page<T>(
    List<T> data, int page, int totalItems, int totalPages, @Nullable String cursor) {

  public Page {
    data = List.copyOf(data);
  }

  boolean isLast() {
    return page == 0 ? cursor == null : data.isEmpty() || totalPages <= page;
  }
}
