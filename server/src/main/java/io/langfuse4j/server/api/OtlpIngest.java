package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.ingest.Entry;
import io.langfuse4j.server.ingest.Intake;
import io.langfuse4j.server.otlp.OtlpDecoder;
import io.langfuse4j.server.otlp.OtlpException;
import io.langfuse4j.server.otlp.OtlpExport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Receives OTLP over HTTP. A 200 means on disk. Answers success with OTLP's own response message in
 * the request's content type, errors with Langfuse's.
 */
final class OtlpIngest {
  private static final String PROTOBUF_TYPE = "application/x-protobuf";
  private static final String JSON_TYPE = "application/json";
  private static final int NEWEST_INGESTION_VERSION = 4;

  private final Intake intake;
  private final IngestStatistics statistics;
  private final long expandedLimit;

  OtlpIngest(Intake intake, IngestStatistics statistics, long expandedLimit) {
    this.intake = intake;
    this.statistics = statistics;
    this.expandedLimit = expandedLimit;
  }

  CompletionStage<Response> traces(Request request) {
    try {
      return accept(request);
    } catch (ApiException e) {
      statistics.rejected(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Accepted and thrown away, as Langfuse does. */
  Response metrics(Request request) {
    return Response.json(200, Map.of("message", "OK"));
  }

  private CompletionStage<Response> accept(Request request) {
    Encoding encoding = Encoding.of(request);
    OtlpExport export = decode(request, encoding);
    if (export.empty()) {
      return CompletableFuture.completedFuture(encoding.success());
    }
    checkIngestionVersion(header(request, "x-langfuse-ingestion-version"));
    statistics.received(export.spans().size());
    return intake
        .accept(
            new Entry(request.project(), encoding == Encoding.JSON, gzip(request), request.body()),
            export)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                statistics.rejected(String.valueOf(failure.getMessage()));
                throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure);
              }
              statistics.stored(export.spans().size());
              return encoding.success();
            });
  }

  private OtlpExport decode(Request request, Encoding encoding) {
    try (InputStream body = open(request)) {
      return encoding == Encoding.PROTOBUF
          ? OtlpDecoder.decodeProtobuf(body)
          : OtlpDecoder.decodeJson(body);
    } catch (OtlpException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw refused("Failed to decompress request body");
    }
  }

  private InputStream open(Request request) throws IOException {
    InputStream body = request.body().open();
    if (!gzip(request)) {
      return body;
    }
    InputStream unzipped = new GZIPInputStream(body, 8192);
    return new BufferedInputStream(new ExpandingStream(unzipped, expandedLimit, request.memory()));
  }

  private static boolean gzip(Request request) {
    String encoding = request.header("Content-Encoding");
    return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static void checkIngestionVersion(@Nullable String version) {
    if (version == null) {
      return;
    }
    boolean supported;
    try {
      supported = Double.parseDouble(version.strip()) <= NEWEST_INGESTION_VERSION;
    } catch (NumberFormatException e) {
      supported = false;
    }
    if (!supported) {
      throw refused(
          "Unsupported x-langfuse-ingestion-version: \"%s\". Maximum supported: \"%d\"."
              .formatted(version, NEWEST_INGESTION_VERSION));
    }
  }

  /** Langfuse's headers are also understood with underscores. */
  private static @Nullable String header(Request request, String name) {
    String value = request.header(name);
    return value != null ? value : request.header(name.replace('-', '_'));
  }

  private static ApiException refused(String error) {
    return ApiException.with(error, Response.json(400, Map.of("error", error)));
  }

  private enum Encoding {
    PROTOBUF,
    JSON;

    static Encoding of(Request request) {
      String type = String.valueOf(request.header("Content-Type")).toLowerCase(Locale.ROOT);
      if (type.contains(JSON_TYPE)) {
        return JSON;
      }
      if (type.contains(PROTOBUF_TYPE)) {
        return PROTOBUF;
      }
      throw ApiException.with(
          "Invalid content type %.80s: %s or %s is expected"
              .formatted(type, PROTOBUF_TYPE, JSON_TYPE),
          Response.json(400, Map.of("error", "Invalid content type")));
    }

    /** An ExportTraceServiceResponse without partial success: no bytes, or an empty object. */
    Response success() {
      return this == PROTOBUF
          ? Response.of(200, PROTOBUF_TYPE, new byte[0])
          : Response.of(200, JSON_TYPE, "{}".getBytes(StandardCharsets.UTF_8));
    }
  }
}
