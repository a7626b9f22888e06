package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java and Kotlin in the guides are quoted from code that runs: above each block a comment such as
 * {@code <!-- Lifecycle: flush -->} names the example and its tag, and both must be equal.
 */
class QuotedCodeTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- (\\w+): ([\\w-]+) -->\\n+)?```(?:java|kotlin)\\n(.*?)```", Pattern.DOTALL);
  private static final String EXAMPLES =
      "conformance/src/test/java/io/langfuse4j/conformance/examples/";

  /** A block of Java in a guide. */
  record Quotation(String guide, String example, String tag, String code) {
    @Override
    public String toString() {
      return guide + ", " + example + ": " + tag;
    }
  }

  static List<Quotation> quotations() {
    return guides().stream().flatMap(QuotedCodeTest::quotationsIn).toList();
  }

  private static List<Path> guides() {
    try (Stream<Path> files = Files.list(Repository.path("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Quotation> quotationsIn(Path guide) {
    return BLOCK.matcher(Repository.read(guide)).results().map(block -> quotation(guide, block));
  }

  private static Quotation quotation(Path guide, MatchResult block) {
    return new Quotation(
        guide.getFileName().toString(), block.group(1), block.group(2), block.group(3));
  }

  @ParameterizedTest
  @MethodSource("quotations")
  void quotation_isWhatTheExampleSays(Quotation quotation) {
    assertThat(quotation.example()).as("a comment that names example and tag").isNotNull();

    assertThat(quotation.code()).isEqualTo(tagged(quotation.example(), quotation.tag()));
  }

  /** The lines between the tag's comments, moved to the left margin. */
  private static String tagged(String example, String tag) {
    String source = Repository.read(source(example));
    String start = "// tag::" + tag + "[]\n";
    assertThat(source).as("%s", example).contains(start, "// end::" + tag + "[]");
    String lines = source.substring(source.indexOf(start) + start.length());
    int end = lines.indexOf("// end::" + tag + "[]");
    return lines.substring(0, lines.lastIndexOf('\n', end)).stripTrailing().stripIndent() + "\n";
  }

  /** Examples that need a library are in the tests of the module that has it. */
  private static Path source(String example) {
    Path own = Repository.path(EXAMPLES + example + ".java");
    if (Files.exists(own)) {
      return own;
    }
    try (Stream<Path> integrations = Files.walk(Repository.path("instrumentation"));
        Stream<Path> evaluation = Files.walk(Repository.path("evaluation"));
        Stream<Path> kotlin = Files.walk(Repository.path("async/src/test/kotlin"));
        Stream<Path> services = Files.walk(Repository.path("conformance/two-jvm"))) {
      return Stream.of(integrations, evaluation, kotlin, services)
          .flatMap(Function.identity())
          .filter(file -> file.endsWith(example + ".java") || file.endsWith(example + ".kt"))
          .filter(file -> file.toString().contains("test"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no example " + example + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
