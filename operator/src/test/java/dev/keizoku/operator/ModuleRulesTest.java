package dev.keizoku.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

/** Who imports whom: the operator knows the resources and the contract, and no program. */
class ModuleRulesTest {
  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.operator");

  @Test
  void knowsResourcesAndContractOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.storage..",
            "dev.keizoku.tokenizer..",
            "dev.keizoku.program..",
            "dev.keizoku.llm..",
            "dev.keizoku.corpus..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..",
            "ai.djl..",
            "io.minio..")
        .check(OPERATOR);
  }

  @Test
  void kindsDoNotKnowEachOther() {
    slices()
        .matching("dev.keizoku.operator.(corpus|pretrain|eval)..")
        .should()
        .notDependOnEachOther()
        .check(OPERATOR);
  }

  @Test
  void packagesHaveNoCycles() {
    PackageCircles.none("dev.keizoku.operator", OPERATOR);
  }

  @Test
  void whatEveryKindDoesKnowsNoKind() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.keizoku.operator.job..",
            "dev.keizoku.operator.status..",
            "dev.keizoku.operator.words..",
            "dev.keizoku.operator.run..",
            "dev.keizoku.operator.child..",
            "dev.keizoku.operator.reconcile..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(FinCorpus.class, ContinualPretrain.class, BenchmarkEval.class)
        .check(OPERATOR);
  }

  @Test
  void statusIsPure() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.keizoku.operator.status..", "dev.keizoku.operator.words..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io..", "com.fasterxml.jackson..", "java.net..", "java.io..")
        .check(OPERATOR);
  }

  @Test
  void nobodyReadsTheEnvironment() {
    noClasses().should().callMethod(System.class, "getenv", String.class).check(OPERATOR);
  }
}
