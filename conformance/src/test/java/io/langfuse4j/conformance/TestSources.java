package io.langfuse4j.conformance;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The tests of all modules, read from their sources, and the requirements that each shows. */
final class TestSources {

  private final Map<String, Set<String>> requirements = new TreeMap<>();

  private TestSources() {}

  static TestSources read() {
    TestSources sources = new TestSources();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostic -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(Repository.testSources()));
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(sources.new Scanner(), null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** Requirements by test, which is written {@code Class#method}; those of a class are included. */
  Map<String, Set<String>> requirementsByTest() {
    return requirements;
  }

  private final class Scanner extends TreeScanner<Void, Void> {

    private String className = "";
    private List<String> ofClass = List.of();

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      String outerName = className;
      List<String> ofOuter = ofClass;
      className = tree.getSimpleName().toString();
      ofClass = Stream.concat(ofOuter.stream(), values(tree.getModifiers())).toList();
      super.visitClass(tree, none);
      className = outerName;
      ofClass = ofOuter;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      if (isTest(tree.getModifiers())) {
        Set<String> ofMethod = new TreeSet<>(ofClass);
        values(tree.getModifiers()).forEach(ofMethod::add);
        requirements.put(className + "#" + tree.getName(), ofMethod);
      }
      return super.visitMethod(tree, none);
    }
  }

  private static boolean isTest(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream()
        .map(annotation -> annotation.getAnnotationType().toString())
        .anyMatch(name -> name.endsWith("Test") || name.endsWith("TestFactory"));
  }

  private static Stream<String> values(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals("Requirement"))
        .map(AnnotationTree::getArguments)
        .flatMap(List::stream)
        .flatMap(TestSources::texts);
  }

  private static Stream<String> texts(ExpressionTree value) {
    if (value instanceof AssignmentTree assignment) {
      return texts(assignment.getExpression());
    }
    if (value instanceof NewArrayTree array) {
      return array.getInitializers().stream().flatMap(TestSources::texts);
    }
    return Stream.of((String) ((LiteralTree) value).getValue());
  }
}
