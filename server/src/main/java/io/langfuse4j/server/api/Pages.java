package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Response;
import java.io.IOException;

/** Answers that hold one page of a list. */
final class Pages {
  private Pages() {}

  static Response of(Parameters.Page page, long totalItems, Json.Part elements) {
    return Response.json(
        200, Json.object(json -> meta(json.array("data", elements), "meta", page, totalItems)));
  }

  static void meta(Json json, String name, Parameters.Page page, long totalItems)
      throws IOException {
    long totalPages = (totalItems + page.limit() - 1) / page.limit();
    json.object(
        name,
        meta ->
            meta.field("page", page.page())
                .field("limit", page.limit())
                .field("totalItems", totalItems)
                .field("totalPages", totalPages));
  }
}
