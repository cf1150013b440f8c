package dev.keizoku.tokenizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.keizoku.tokenizer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ImportRulesTest {
  @ArchTest
  static final ArchRule ofOursOnlyTheContractAndNoTensors =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.keizoku.tokenizer..",
              "dev.keizoku.contract",
              "java..",
              "com.fasterxml.jackson..",
              "ai.djl.huggingface..",
              "ai.djl.util..",
              "com.knuddels.jtokkit..");
}
