package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.PropagationScope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives what happens in a request the user and session of the request, and tells log and client the
 * id of the trace; each only if its property says so. After Spring Security, which knows the user.
 * Thread-safe.
 */
final class LangfuseWebFilter extends OncePerRequestFilter implements Ordered {

  static final String MDC_KEY = "langfuse_trace_id";

  private final Langfuse langfuse;
  private final LangfuseWebProperties properties;

  LangfuseWebFilter(Langfuse langfuse, LangfuseWebProperties properties) {
    this.langfuse = langfuse;
    this.properties = properties;
  }

  /** Spring Security's filters are at -100. */
  @Override
  public int getOrder() {
    return 0;
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (PropagationScope scope =
        Langfuse.propagateAttributes(
            trace -> {
              if (properties.userFromPrincipal()) {
                trace.userId(user(request));
              }
              if (properties.sessionFromHttpSession()) {
                trace.sessionId(session(request));
              }
            })) {
      if (properties.observeRequests()) {
        observe(request, response, chain);
      } else {
        filter(request, response, chain);
      }
    }
  }

  @SuppressWarnings("try") // the scope is the point
  private void observe(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    LangfuseSpan span =
        langfuse.startObservation(request.getMethod() + " " + request.getRequestURI());
    try (Scope scope = span.makeCurrent()) {
      filter(request, response, chain);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      span.fail(e);
      throw e;
    } finally {
      new ObservedRequest(span, response).returned(request);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String traceId = traceId();
    if (traceId == null) {
      chain.doFilter(request, response);
      return;
    }
    if (properties.traceIdHeader() != null && !properties.traceIdHeader().isBlank()) {
      response.setHeader(properties.traceIdHeader(), traceId);
    }
    String before = MDC.get(MDC_KEY);
    MDC.put(MDC_KEY, traceId);
    try {
      chain.doFilter(request, response);
    } finally {
      if (before == null) {
        MDC.remove(MDC_KEY);
      } else {
        MDC.put(MDC_KEY, before);
      }
    }
  }

  /** The trace of the request: Boot's own, which observations join, or that of its observation. */
  private @Nullable String traceId() {
    String current = langfuse.currentTraceId();
    if (current != null) {
      return current;
    }
    Span span = Span.current();
    return langfuse.isEnabled() && span.getSpanContext().isValid()
        ? span.getSpanContext().getTraceId()
        : null;
  }

  private static @Nullable String user(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return principal == null ? null : principal.getName();
  }

  /** The id of the session is a key to it, so that what is recorded is a digest. */
  private static @Nullable String session(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return null;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(session.getId().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
