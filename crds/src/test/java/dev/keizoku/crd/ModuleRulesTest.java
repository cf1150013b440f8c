package dev.keizoku.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The contract knows no Kubernetes, and nothing here knows another module. */
@AnalyzeClasses(packages = "dev.keizoku", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {
  @ArchTest
  static final ArchRule contractKnowsNoKubernetes =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.contract..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "dev.keizoku.crd..");

  @ArchTest
  static final ArchRule importsNothingElseOfOurs =
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
              "dev.keizoku.eval..");
}
