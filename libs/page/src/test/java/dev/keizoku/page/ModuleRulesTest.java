package dev.keizoku.page;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses PAGE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.page");

  @Test
  void importsNothingOfOurs() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.page..", "java..", "io.quarkus.qute..", "com.fasterxml.jackson..")
        .check(PAGE);
  }

  @Test
  void theFrameKnowsNoChart() {
    noClasses()
        .that()
        .resideInAPackage("dev.keizoku.page")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.keizoku.page.chart")
        .check(PAGE);
  }

  @Test
  void aPageHoldsNoTimeOfDay() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.time..").check(PAGE);
  }
}
