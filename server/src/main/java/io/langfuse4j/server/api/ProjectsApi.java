package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;

/** {@code /api/public/projects}: what the SDKs ask to check their keys and to build trace URLs. */
final class ProjectsApi {
  private static final String ORGANIZATION = "local";

  private final Project project;

  ProjectsApi(Project project) {
    this.project = project;
  }

  Response list(Request request) {
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                    "data",
                    array ->
                        array.element(
                            fields ->
                                fields
                                    .field("id", project.id())
                                    .field("name", project.name())
                                    .object(
                                        "organization",
                                        organization ->
                                            organization
                                                .field("id", ORGANIZATION)
                                                .field("name", ORGANIZATION))
                                    .object("metadata", metadata -> {})))));
  }
}
