package dev.keizoku.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.program");

  @Test
  void knowsTheContractAndForItsStoreCommandsTheStorage() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.tokenizer..",
            "dev.keizoku.llm..",
            "dev.keizoku.operator..",
            "dev.keizoku.corpus..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..",
            "dev.keizoku.crd..")
        .check(PROGRAM);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.keizoku.program.store")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.keizoku.storage..")
        .check(PROGRAM);
  }

  @Test
  void readsNoEnvironment() {
    noClasses().should().callMethod(System.class, "getenv", String.class).check(PROGRAM);
    noClasses().should().callMethod(System.class, "getenv").check(PROGRAM);
  }
}
