package dev.keizoku.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The contract knows no Kubernetes and nothing else of ours. */
class ModuleRulesTest {
  private static final JavaClasses CONTRACT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.contract");

  @Test
  void importsJacksonAndAnnotationsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.contract..",
            "java..",
            "com.fasterxml.jackson..",
            "io.fabric8.generator.annotation")
        .check(CONTRACT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.keizoku.contract.(*)..").should().beFreeOfCycles().check(CONTRACT);
  }
}
