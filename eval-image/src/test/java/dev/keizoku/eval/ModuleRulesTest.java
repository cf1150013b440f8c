package dev.keizoku.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses EVAL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.eval");

  @Test
  void knowsNoOperatorAndNoOtherProgram() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.operator..",
            "dev.keizoku.crd..",
            "dev.keizoku.corpus..",
            "dev.keizoku.trainer..")
        .check(EVAL);
  }

  @Test
  void onlyMainReadsTheEnvironment() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(EVAL);
  }

  @Test
  void numbersAreMadeWithoutModelStoreOrClock() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.keizoku.eval.metric..", "dev.keizoku.eval.stats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.storage..", "dev.keizoku.llm..", "dev.keizoku.tokenizer..", "java.time..")
        .check(EVAL);
  }

  @Test
  void dataMovesOneWay() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.keizoku.eval.task..", "dev.keizoku.eval.request..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.eval.score..",
            "dev.keizoku.eval.metric..",
            "dev.keizoku.eval.stats..",
            "dev.keizoku.eval.result..",
            "dev.keizoku.eval.report..")
        .check(EVAL);
  }

  @Test
  void theReportSeesResultsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.keizoku.eval.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.keizoku.llm..", "dev.keizoku.storage..", "java.nio.file..")
        .check(EVAL);
  }

  @Test
  void packagesHaveNoCircles() {
    PackageCircles.none("dev.keizoku.eval", EVAL);
  }
}
