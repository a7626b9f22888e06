package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An integration brings the one library that it traces, and no other of that kind. */
class IntegrationDependenciesTest {

  /** What any module may use: ours, and what the SDK itself stands on. */
  private static final Set<String> COMMON =
      Set.of("io.langfuse4j", "io.opentelemetry", "com.fasterxml.jackson.core", "org.jspecify");

  /** What types of one library are made of: its methods take and return those of these groups. */
  private static final Map<String, Set<String>> PARTS =
      Map.of("com.google.adk", Set.of("com.google.genai", "io.reactivex.rxjava3"));

  static Stream<Path> integrations() throws IOException {
    try (Stream<Path> folders = Files.list(Repository.path("instrumentation"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> !folder.endsWith("support"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("integrations")
  @Requirement("R1")
  void integration_dependsOnExactlyOneModelLibrary(Path integration) throws Exception {
    assertThat(librariesOf(integration.resolve("pom.xml"))).hasSize(1);
  }

  /** The groups of the dependencies that are not for tests only. */
  private static Set<String> librariesOf(Path pom) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getDocumentElement();
    Set<String> groups = new TreeSet<>();
    for (Element dependency : children(child(project, "dependencies"), "dependency").toList()) {
      boolean test =
          children(dependency, "scope").anyMatch(scope -> scope.getTextContent().equals("test"));
      String group = child(dependency, "groupId").getTextContent();
      if (!test && !COMMON.contains(group)) {
        groups.add(group);
      }
    }
    PARTS.forEach(
        (library, parts) -> {
          if (groups.contains(library)) {
            groups.removeAll(parts);
          }
        });
    return groups;
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).findFirst().orElseThrow();
  }

  private static Stream<Element> children(Element parent, String name) {
    Stream.Builder<Element> found = Stream.builder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found.build();
  }
}
