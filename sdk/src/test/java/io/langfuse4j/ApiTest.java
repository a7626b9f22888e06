package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compiles, what must not, and what the public surface shows. */
class ApiTest {

  private static List<String> errorsOf(String statement, String... options) {
    String source =
        """
        import io.langfuse4j.*;
        import static io.langfuse4j.ObservationType.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        class Snippet {
          String compute() { return ""; }
          void snippet(Langfuse langfuse, LangfuseSpan span, LangfuseGeneration generation) throws Exception {
            %s
          }
        }
        """
            .formatted(statement);
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> arguments =
        Stream.concat(
                Stream.of("-proc:none", "-d", System.getProperty("java.io.tmpdir")),
                Stream.concat(
                    Stream.of("-cp", System.getProperty("java.class.path")), Stream.of(options)))
            .toList();
    compiler.getTask(null, null, diagnostics, arguments, null, List.of(file)).call();
    return diagnostics.getDiagnostics().stream()
        .filter(d -> !d.getCode().contains("classfile"))
        .map(d -> d.getKind() + " " + d.getCode())
        .filter(text -> !text.startsWith("NOTE"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "span.model(\"gpt-4\");",
        "span.usage(u -> u.input(1));",
        "span.cost(java.math.BigDecimal.ONE);",
        "span.prompt(\"p\", 1);",
        "span.completionStartTime(java.time.Instant.now());",
        "langfuse.run(\"x\", TOOL, tool -> tool.model(\"gpt-4\"));",
        "langfuse.startObservation(\"x\", RETRIEVER).modelParameters(Map.of());"
      })
  @Requirement({"R18", "R56"})
  void modelFields_onOtherTypes_doNotCompile(String statement) {
    assertThat(errorsOf(statement)).isNotEmpty().allMatch(e -> e.startsWith("ERROR"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generation.model(\"gpt-4\").input(\"x\").usage(u -> u.input(1)).end();",
        "span.input(1).update(s -> s.output(2)).end();",
        "generation.update(g -> g.model(\"m\").output(1)).end();",
        "langfuse.startObservation(\"x\", EMBEDDING).model(\"m\").end();",
        "String s = langfuse.observe(\"x\", o -> compute());",
        "int i = langfuse.observe(\"x\", GENERATION, g -> { g.model(\"m\"); return 1; });",
        "langfuse.run(\"x\", o -> o.input(1));",
        "try (LangfuseSpan s = langfuse.startActiveObservation(\"x\")) { s.output(1); }",
        "CompletionStage<String> f = langfuse.observeAsync(\"x\", GENERATION,"
            + " g -> CompletableFuture.supplyAsync(() -> \"x\"));",
        "try (var s = Langfuse.propagateAttributes(a -> a.userId(\"u\"))) { compute(); }",
        "Langfuse.propagateAttributes(a -> a.userId(\"u\").asBaggage()).run(() -> compute());",
        "String s = Langfuse.propagateAttributes(a -> a.userId(\"u\")).call(() -> compute());",
        "Executors.newCachedThreadPool().submit(langfuse.wrap(() -> compute()));",
        "new Thread(langfuse.wrap(() -> { compute(); })).start();",
        "CompletableFuture.supplyAsync(langfuse.wrapSupplier(() -> compute()));",
        "Function<String, Integer> f = langfuse.wrap((String s) -> s.length());",
        "generation.startObservation(\"tool\", TOOL).startObservation(\"x\").end();",
        "langfuse.updateCurrentGeneration(g -> g.usage(Map.of(\"input_tokens\", 5L)));"
      })
  @Requirement({"R7", "R29", "R60", "R76", "R84", "R99"})
  void documentedForms_compileWithoutWarning(String statement) {
    assertThat(errorsOf(statement, "-Xlint:unchecked,rawtypes,deprecation")).isEmpty();
  }

  @Test
  @Requirement("R119")
  void traceIo_isDeprecated() {
    assertThat(errorsOf("span.setTraceIO(1, 2);", "-Xlint:deprecation"))
        .containsExactly("MANDATORY_WARNING compiler.warn.has.been.deprecated");
    assertThat(errorsOf("langfuse.setCurrentTraceIO(1, 2);", "-Xlint:deprecation"))
        .containsExactly("MANDATORY_WARNING compiler.warn.has.been.deprecated");
  }

  @Test
  @Requirement("R1")
  void publicSignatures_showNoJackson() {
    List<Class<?>> types =
        List.of(
            Langfuse.class,
            LangfuseBuilder.class,
            LangfuseObservation.class,
            LangfuseModelCall.class,
            LangfuseSpanProcessor.class,
            TraceAttributes.class,
            LangfuseStats.class);
    for (Class<?> type : types) {
      for (Method method : type.getMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          assertThat(method.toGenericString()).doesNotContain("fasterxml");
        }
      }
    }
  }
}
