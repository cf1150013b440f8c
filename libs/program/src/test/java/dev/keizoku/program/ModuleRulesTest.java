package dev.keizoku.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.keizoku", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {
  @ArchTest
  static final ArchRule KNOWS_THE_CONTRACT_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.program..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.storage..",
              "dev.keizoku.tokenizer..",
              "dev.keizoku.llm..",
              "dev.keizoku.operator..",
              "dev.keizoku.crd..");

  @ArchTest
  static final ArchRule READS_NO_ENVIRONMENT =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.program..")
          .should()
          .callMethod(System.class, "getenv", String.class);
}
