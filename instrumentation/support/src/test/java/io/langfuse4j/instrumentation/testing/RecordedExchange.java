package io.langfuse4j.instrumentation.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real exchange with a provider, where recordings are at hand: {@code
 * shared/fixtures/provider-traffic} beside one of the folders above.
 */
public record RecordedExchange(
    String name, String url, Map<String, Object> request, byte[] answer) {

  private static final Path RELATIVE = Path.of("shared/fixtures/provider-traffic");

  /** All exchanges with a provider; skips the test if there are none. */
  public static List<RecordedExchange> with(String provider) {
    Path folder = find(provider);
    assumeTrue(Files.isDirectory(folder), "no recorded traffic: ../" + RELATIVE + " is not there");
    try (Stream<Path> mappings = Files.list(folder.resolve("mappings"))) {
      return mappings.sorted().map(mapping -> read(folder, mapping)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String provider) {
    Path relative = RELATIVE.resolve(provider);
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(relative))) {
        return p.resolve(relative);
      }
    }
    return relative;
  }

  private static RecordedExchange read(Path folder, Path mapping) {
    Map<String, Object> json = map(StubProvider.parsed(text(content(mapping))));
    Map<String, Object> request = map(json.get("request"));
    Object sent = map(((List<?>) request.get("bodyPatterns")).get(0)).get("equalToJson");
    Map<String, Object> response = map(json.get("response"));
    Path file = folder.resolve("__files").resolve((String) response.get("bodyFileName"));
    return new RecordedExchange(
        mapping.getFileName().toString(),
        (String) request.get("url"),
        map(sent instanceof String text ? StubProvider.parsed(text) : sent),
        content(file));
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The answer as text. */
  public String answerText() {
    return text(answer);
  }

  /** Whether the answer was streamed on request of the body. */
  public boolean streams() {
    return Boolean.TRUE.equals(request.get("stream"));
  }

  /** The whole answer, or the pieces of one that was sent as events. */
  public List<Map<String, Object>> answers() {
    List<Map<String, Object>> answers = new ArrayList<>();
    Stream<String> texts =
        streams()
            ? Arrays.stream(answerText().split("\n"))
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring(6))
            : Stream.of(answerText());
    texts.forEach(text -> answers.add(map(StubProvider.parsed(text))));
    return answers;
  }

  /** JSON that is known to be an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @Override
  public String toString() {
    return name;
  }
}
