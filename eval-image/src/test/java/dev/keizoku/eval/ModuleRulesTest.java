package dev.keizoku.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.keizoku", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {
  @ArchTest
  static final ArchRule KNOWS_NO_OPERATOR_AND_NO_OTHER_PROGRAM =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.eval..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.operator..",
              "dev.keizoku.crd..",
              "dev.keizoku.corpus..",
              "dev.keizoku.trainer..");

  @ArchTest
  static final ArchRule ONLY_MAIN_READS_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.eval..")
          .and()
          .haveSimpleNameNotEndingWith("Main")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule NUMBERS_ARE_MADE_WITHOUT_MODEL_STORE_OR_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage("dev.keizoku.eval.metric..", "dev.keizoku.eval.stats..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.storage..",
              "dev.keizoku.llm..",
              "dev.keizoku.tokenizer..",
              "java.time..");

  @ArchTest
  static final ArchRule DATA_MOVES_ONE_WAY =
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
              "dev.keizoku.eval.report..");

  @ArchTest
  static final ArchRule THE_REPORT_SEES_RESULTS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.eval.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keizoku.llm..", "dev.keizoku.storage..", "java.nio.file..");
}
