package dev.keizoku.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Of ours, the resources know the contract only. */
class ModuleRulesTest {
  private static final JavaClasses CRDS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.crd");

  @Test
  void importsNothingElseOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.operator..",
            "dev.keizoku.storage..",
            "dev.keizoku.tokenizer..",
            "dev.keizoku.program..",
            "dev.keizoku.llm..",
            "dev.keizoku.corpus..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..")
        .check(CRDS);
  }
}
