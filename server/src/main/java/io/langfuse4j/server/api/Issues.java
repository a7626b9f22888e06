package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Response;
import java.util.List;
import java.util.Map;

/** Validation errors in the shape that Langfuse's schema library gives them. */
final class Issues {
  private Issues() {}

  static ApiException invalidType(String parameter, String expected, String received) {
    return invalid(
        Map.of(
            "code",
            "invalid_type",
            "expected",
            expected,
            "path",
            List.of(parameter),
            "message",
            "Invalid input: expected " + expected + ", received " + received));
  }

  static ApiException tooBig(String parameter, long maximum) {
    return invalid(
        Map.of(
            "origin",
            "number",
            "code",
            "too_big",
            "maximum",
            maximum,
            "inclusive",
            true,
            "path",
            List.of(parameter),
            "message",
            "Too big: expected number to be <=" + maximum));
  }

  static ApiException tooSmall(String parameter, long minimum) {
    return invalid(
        Map.of(
            "origin",
            "number",
            "code",
            "too_small",
            "minimum",
            minimum,
            "inclusive",
            true,
            "path",
            List.of(parameter),
            "message",
            "Too small: expected number to be >=" + minimum));
  }

  static ApiException invalidDate(String parameter) {
    return invalid(
        Map.of(
            "code", "invalid_format",
            "format", "datetime",
            "path", List.of(parameter),
            "message", "Invalid ISO datetime"));
  }

  static ApiException unrecognizedKey(String parameter) {
    return invalid(
        Map.of(
            "code",
            "unrecognized_keys",
            "keys",
            List.of(parameter),
            "path",
            List.of(),
            "message",
            "Unrecognized key: \"" + parameter + "\""));
  }

  static ApiException custom(String parameter, String message) {
    return invalid(Map.of("code", "custom", "path", List.of(parameter), "message", message));
  }

  private static ApiException invalid(Map<String, Object> issue) {
    return ApiException.with(
        "Invalid request data",
        Response.json(400, Map.of("message", "Invalid request data", "error", List.of(issue))));
  }
}
