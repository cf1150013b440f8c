package dev.keizoku.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
            "com.fasterxml.jackson..",
            "org.slf4j",
            "io.minio..",
            "okhttp3..")
        .check(STORAGE);
  }

  @Test
  void minioOnlyBehindTheStore() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.S3[^.]*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.minio..", "okhttp3..")
        .check(STORAGE);
  }

  @Test
  void noEnvironment() {
    noClasses().should().callMethod(System.class, "getenv", String.class).check(STORAGE);
    noClasses().should().callMethod(System.class, "getenv").check(STORAGE);
  }
}
