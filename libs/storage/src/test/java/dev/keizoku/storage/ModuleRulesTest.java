package dev.keizoku.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses STORAGE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.storage");

  @Test
  void ofOursOnlyTheContract() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.storage..",
            "dev.keizoku.contract..",
            "java..",
            "javax.net.ssl",
            "javax.xml.stream",
            "com.fasterxml.jackson..",
            "org.slf4j",
            "io.minio..",
            "okhttp3..")
        .check(STORAGE);
  }

  @Test
  void minioOnlyInItsRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.keizoku.storage.s3..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.minio..", "okhttp3..")
        .check(STORAGE);
  }

  /**
   * The root is a room as well: a slice of its own, unlike in {@code matching("..storage.(*)")}.
   */
  @Test
  void thePortKnowsNoKindOfStore() {
    noClasses()
        .that()
        .resideInAPackage("dev.keizoku.storage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.keizoku.storage.*..")
        .check(STORAGE);
  }

  @Test
  void onlyTheRouterKnowsTheKindsOfStore() {
    for (var kind : new String[] {"s3", "hub", "file", "web"}) {
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.keizoku.storage." + kind + "..", "dev.keizoku.storage.open..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.keizoku.storage." + kind + "..")
          .check(STORAGE);
    }
  }

  @Test
  void noEnvironment() {
    noClasses().should().callMethod(System.class, "getenv", String.class).check(STORAGE);
    noClasses().should().callMethod(System.class, "getenv").check(STORAGE);
  }

  @Test
  void packagesHaveNoCircles() {
    PackageCircles.none("dev.keizoku.storage", STORAGE);
  }
}
