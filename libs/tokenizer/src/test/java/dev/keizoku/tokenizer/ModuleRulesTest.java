package dev.keizoku.tokenizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  @Test
  void ofOursOnlyTheContractAndNoTensors() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.tokenizer..",
            "dev.keizoku.contract..",
            "java..",
            "com.fasterxml.jackson..",
            "ai.djl.huggingface..",
            "ai.djl.util..",
            "com.knuddels.jtokkit..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.keizoku.tokenizer"));
  }
}
