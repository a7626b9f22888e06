package io.langfuse4j.instrumentation.genai;

import com.google.genai.types.ClientOptions;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.IntegrationBuilder;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Settings of traced clients. Not thread-safe; options made before are not affected by changes. */
public final class LangfuseGoogleGenAIBuilder
    extends IntegrationBuilder<LangfuseGoogleGenAIBuilder> {

  LangfuseGoogleGenAIBuilder(Supplier<Langfuse> langfuse) {
    super(langfuse);
  }

  @Override
  protected LangfuseGoogleGenAIBuilder self() {
    return this;
  }

  /** Options for a client that is traced. */
  public ClientOptions clientOptions() {
    return wrap(ClientOptions.builder().build());
  }

  /** The same options for a client that is traced. What is traced already stays as it is. */
  public ClientOptions wrap(ClientOptions options) {
    OkHttpClient http = options.customHttpClient().orElseGet(LangfuseGoogleGenAIBuilder::plain);
    OkHttpClient traced = wrap(http);
    return traced == http ? options : options.toBuilder().customHttpClient(traced).build();
  }

  /**
   * An HTTP client that differs from {@code http} in that it traces calls of Gen AI. What is traced
   * already stays as it is.
   */
  public OkHttpClient wrap(OkHttpClient http) {
    return http.interceptors().stream().anyMatch(CallTracing.class::isInstance)
        ? http
        : traced(http);
  }

  /** Without OkHttp's limits of ten seconds, as the library makes its own. */
  private static OkHttpClient plain() {
    return new OkHttpClient.Builder()
        .connectTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .build();
  }

  private OkHttpClient traced(OkHttpClient http) {
    Callers callers = new Callers(http.eventListenerFactory());
    OkHttpClient.Builder builder = http.newBuilder().eventListenerFactory(callers);
    // First, so that the library's retries are one call.
    builder.interceptors().add(0, new CallTracing(langfuse(), options(), callers));
    return builder.build();
  }
}
