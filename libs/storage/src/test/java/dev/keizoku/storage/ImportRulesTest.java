package dev.keizoku.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.keizoku.storage",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ImportRulesTest {
  @ArchTest
  static final ArchRule ofOursOnlyTheContract =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.storage..",
              "dev.keizoku.contract",
              "java..",
              "javax.net.ssl",
              "com.fasterxml.jackson..",
              "org.slf4j",
              "io.minio..",
              "okhttp3..");

  @ArchTest
  static final ArchRule minioOnlyBehindTheStore =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("S3")
          .and()
          .doNotHaveSimpleName("ResumingStream")
          .and()
          .resideInAPackage("dev.keizoku.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.minio..", "okhttp3..");

  @ArchTest
  static final ArchRule noEnvironment =
      noClasses()
          .should()
          .callMethodWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                  com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("getenv")));
}
