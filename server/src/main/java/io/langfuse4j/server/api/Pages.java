package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Response;

/** Answers that hold one page of a list. */
final class Pages {
  private Pages() {}

  static Response of(Parameters.Page page, long totalItems, Json.Part elements) {
    long totalPages = (totalItems + page.limit() - 1) / page.limit();
    return Response.json(
        200,
        Json.object(
            json ->
                json.array("data", elements)
                    .object(
                        "meta",
                        meta ->
                            meta.field("page", page.page())
                                .field("limit", page.limit())
                                .field("totalItems", totalItems)
                                .field("totalPages", totalPages))));
  }
}
