package dev.keizoku.benchmark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses BENCHMARK =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.benchmark");

  @Test
  void ofOursOnlyTheDigestsOfTheContract() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.benchmark..",
            "dev.keizoku.contract.bytes..",
            "java..",
            "com.fasterxml.jackson..",
            "org.dhatim.fastexcel..")
        .check(BENCHMARK);
  }
}
