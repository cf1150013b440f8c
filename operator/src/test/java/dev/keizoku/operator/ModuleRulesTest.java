package dev.keizoku.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who imports whom: the operator knows the resources and the contract, and no program. */
@AnalyzeClasses(packages = "dev.keizoku", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {
  @ArchTest
  static final ArchRule operatorKnowsResourcesOnly =
      classes()
          .that()
          .resideInAPackage("dev.keizoku.operator..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("dev.keizoku..")
          .orShould()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.operator..",
              "dev.keizoku.crd..",
              "dev.keizoku.contract..",
              "java..",
              "jakarta..",
              "io..",
              "com.fasterxml..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule kindsDoNotKnowEachOther =
      slices()
          .matching("dev.keizoku.operator.(corpus|pretrain|eval)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule statusIsPure =
      noClasses()
          .that()
          .resideInAPackage("dev.keizoku.operator.status..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io..", "dev.keizoku.operator.run..", "java.net..", "java.io..");

  @ArchTest
  static final ArchRule nobodyReadsTheEnvironment =
      noClasses()
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);
}
