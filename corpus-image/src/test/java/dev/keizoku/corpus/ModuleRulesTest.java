package dev.keizoku.corpus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses CORPUS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.corpus");

  @Test
  void ofOursOnlyContractProgramStorageAndTokenizer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.crd..",
            "dev.keizoku.operator..",
            "dev.keizoku.llm..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..")
        .check(CORPUS);
  }

  @Test
  void theStagesArePureFunctionsOfText() {
    classes()
        .that()
        .resideInAnyPackage("..clean", "..filter", "..dedup", "..split")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.corpus.clean",
            "dev.keizoku.corpus.filter",
            "dev.keizoku.corpus.dedup",
            "dev.keizoku.corpus.split",
            "dev.keizoku.contract..",
            "dev.keizoku.storage",
            "java.lang..",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.util..")
        .check(CORPUS);
  }

  @Test
  void onlyTheMainReadsTheEnvironment() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CORPUS);
  }
}
