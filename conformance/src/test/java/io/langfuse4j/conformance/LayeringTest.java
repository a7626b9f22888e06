package io.langfuse4j.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may depend on whom. What is not allowed here needs a reason, and then a change here. */
class LayeringTest {

  private static final String SERVER = "io.langfuse4j.server..";

  private static final JavaClasses sdk = productionClassesWith("io/langfuse4j/Langfuse.class");
  private static final JavaClasses server =
      productionClassesWith("io/langfuse4j/server/otlp/OtlpDecoder.class");

  /** Everything in the folder or jar that a class comes from, so that tests are never looked at. */
  private static JavaClasses productionClassesWith(String classFile) {
    String url = LayeringTest.class.getClassLoader().getResource(classFile).toString();
    String origin = url.substring(0, url.length() - classFile.length());
    return new ClassFileImporter()
        .withImportOption(location -> location.asURI().toString().startsWith(origin))
        .importPackages("io.langfuse4j");
  }

  @Test
  void server_dependsOnNothingOfTheSdk() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.langfuse4j..").and(resideOutsideOfPackage(SERVER)))
        .because("they meet on the wire only")
        .check(server);
  }

  @Test
  void sdk_dependsOnNothingOfTheServer() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage(SERVER))
        .because("they meet on the wire only")
        .check(sdk);
  }

  @Test
  @Requirement("R1")
  void sdk_dependsOnOpenTelemetryJacksonAndTheJdkOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.langfuse4j..",
            "java..",
            "javax.net.ssl..",
            "io.opentelemetry.api..",
            "io.opentelemetry.context..",
            "io.opentelemetry.sdk..",
            "com.fasterxml.jackson..",
            "org.jspecify..")
        .because("each dependency of the SDK is one that an application may clash with")
        .check(sdk);
  }

  @Test
  void sdk_neverTouchesTheGlobalOpenTelemetry() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(GlobalOpenTelemetry.class)
        .because("asking for the global one first freezes it to a no-op")
        .check(sdk);
  }

  @Test
  void sdk_hasNoJacksonInItsPublicSignatures() {
    assertThat(publicMembersExposing("com.fasterxml.")).isEmpty();
  }

  @Test
  void sdk_hasNothingInternalInItsPublicSignatures() {
    assertThat(publicMembersExposing("io.langfuse4j.internal")).isEmpty();
  }

  /** Public and protected members, and headers, of public classes which mention such a type. */
  private static Set<String> publicMembersExposing(String packagePrefix) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : sdk) {
      if (type.getPackageName().equals("io.langfuse4j") && isVisible(type)) {
        if (mentions(header(type), packagePrefix)) {
          found.add(type.getSimpleName());
        }
        type.getMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .filter(member -> mentions(signature(member), packagePrefix))
            .forEach(member -> found.add(type.getSimpleName() + "." + member.getName()));
      }
    }
    return found;
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(LayeringTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> header(JavaClass type) {
    return Stream.of(
            type.getSuperclass().stream(),
            type.getInterfaces().stream(),
            type.getTypeParameters().stream())
        .flatMap(types -> types);
  }

  private static Stream<JavaType> signature(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit method = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(method.getReturnType()),
            method.getParameterTypes().stream(),
            method.getTypeParameters().stream(),
            method.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean mentions(Stream<JavaType> types, String packagePrefix) {
    return types
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .anyMatch(type -> type.getName().startsWith(packagePrefix));
  }

  @Test
  void internalsOfTheSdk_dependOnEachOtherInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy("io.langfuse4j")
        .layer("common")
        .definedBy("io.langfuse4j.internal")
        .layer("config")
        .definedBy("io.langfuse4j.internal.config..")
        .layer("json")
        .definedBy("io.langfuse4j.internal.json..")
        .layer("http")
        .definedBy("io.langfuse4j.internal.http..")
        .layer("export")
        .definedBy("io.langfuse4j.internal.export..")
        .layer("propagation")
        .definedBy("io.langfuse4j.internal.propagation..")
        .layer("masking")
        .definedBy("io.langfuse4j.internal.masking..")
        .layer("result")
        .definedBy("io.langfuse4j.internal.result..")
        .layer("observed")
        .definedBy("io.langfuse4j.internal.observed..")
        .whereLayer("common")
        .mayNotAccessAnyLayer()
        .whereLayer("json")
        .mayOnlyAccessLayers("common")
        .whereLayer("propagation")
        .mayOnlyAccessLayers("common", "config")
        .whereLayer("config")
        .mayOnlyAccessLayers("common", "api")
        .whereLayer("http")
        .mayOnlyAccessLayers("common", "config")
        .whereLayer("masking")
        .mayOnlyAccessLayers("common", "json", "api")
        .whereLayer("export")
        .mayOnlyAccessLayers("common", "config", "http", "masking")
        .whereLayer("result")
        .mayOnlyAccessLayers("common", "api")
        .whereLayer("observed")
        .mayOnlyAccessLayers("common", "result", "api")
        .check(sdk);
  }

  @Test
  void machineryOfTheSdk_knowsOnlyWhatUsersHandIn() {
    Set<String> known =
        sdk.stream()
            .filter(type -> type.getPackageName().startsWith("io.langfuse4j.internal"))
            .filter(type -> !isAboveThePublicApi(type))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().equals("io.langfuse4j"))
            .filter(target -> !target.isEnum() && !target.isInterface())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(known).isEmpty();
  }

  /**
   * Reading {@code @Observe} and collecting results use observations as an application does;
   * autoconfiguration sets the SDK up as one does.
   */
  private static boolean isAboveThePublicApi(JavaClass type) {
    return type.getPackageName().startsWith("io.langfuse4j.internal.autoconfigure")
        || type.getPackageName().startsWith("io.langfuse4j.internal.observed")
        || type.getPackageName().startsWith("io.langfuse4j.internal.result");
  }

  @Test
  void modelOfTheServer_dependsOnNothingElse() {
    classes()
        .that()
        .resideInAPackage("io.langfuse4j.server.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.langfuse4j.server.model..", "java..", "org.jspecify..")
        .check(server);
  }

  @Test
  void partsOfTheServer_dependOnEachOtherInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("start")
        .definedBy("io.langfuse4j.server")
        .layer("viewer")
        .definedBy("io.langfuse4j.server.viewer..")
        .layer("api")
        .definedBy("io.langfuse4j.server.api..")
        .layer("http")
        .definedBy("io.langfuse4j.server.http..")
        .layer("mapping")
        .definedBy("io.langfuse4j.server.mapping..")
        .layer("otlp")
        .definedBy("io.langfuse4j.server.otlp..")
        .layer("store")
        .definedBy("io.langfuse4j.server.store")
        .layer("sqlite")
        .definedBy("io.langfuse4j.server.store.sqlite..")
        .layer("model")
        .definedBy("io.langfuse4j.server.model..")
        .whereLayer("start")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sqlite")
        .mayOnlyBeAccessedByLayers("start")
        .whereLayer("viewer")
        .mayOnlyBeAccessedByLayers("start")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("viewer", "start")
        .whereLayer("http")
        .mayOnlyAccessLayers("store")
        .whereLayer("mapping")
        .mayOnlyAccessLayers("otlp", "model")
        .whereLayer("otlp")
        .mayNotAccessAnyLayer()
        .whereLayer("store")
        .mayOnlyAccessLayers("model")
        .whereLayer("sqlite")
        .mayOnlyAccessLayers("store", "model")
        .check(server);
  }

  @Test
  void roomsOfTheEmbeddedStore_dependOnEachOtherInOneDirection() {
    String store = "io.langfuse4j.server.store.sqlite";
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("store")
        .definedBy(store)
        .layer("writing")
        .definedBy(store + ".writing..")
        .layer("metrics")
        .definedBy(store + ".metrics..")
        .layer("search")
        .definedBy(store + ".search..")
        .layer("query")
        .definedBy(store + ".query..")
        .layer("database")
        .definedBy(store + ".database..")
        .layer("functions")
        .definedBy(store + ".functions..")
        .whereLayer("store")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("writing")
        .mayOnlyAccessLayers("database", "query")
        .whereLayer("metrics")
        .mayOnlyAccessLayers("database", "functions", "query", "search")
        .whereLayer("search")
        .mayOnlyAccessLayers("database", "query")
        .whereLayer("query")
        .mayOnlyAccessLayers("functions")
        .whereLayer("database")
        .mayOnlyAccessLayers("functions")
        .whereLayer("functions")
        .mayNotAccessAnyLayer()
        .check(server);
  }

  @Test
  void everyPackage_isNullMarked() {
    Set<String> unmarked =
        Stream.concat(sdk.stream(), server.stream())
            .map(JavaClass::getPackage)
            .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
            .map(javaPackage -> javaPackage.getName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unmarked).isEmpty();
  }
}
