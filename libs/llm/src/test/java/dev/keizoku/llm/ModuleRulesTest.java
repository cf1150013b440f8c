package dev.keizoku.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.keizoku.llm");

  @Test
  void importsOnlyStorageTokenizerAndContract() {
    classes()
        .that()
        .resideInAPackage("dev.keizoku.llm..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.keizoku.operator..",
            "dev.keizoku.crd..",
            "dev.keizoku.program..",
            "dev.keizoku.corpus..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..")
        .check(CLASSES);
  }

  @Test
  void nativeMemoryAndTheEngineAreKnownInTwoRooms() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.keizoku.llm.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.keizoku.llm.torch..", "dev.keizoku.llm.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..", "jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void handlesAreGivenToLibtorchInOneRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.keizoku.llm.torch..")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("LibTorch")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("NativeArguments")
        .check(CLASSES);
  }

  @Test
  void configurationsAreReadWithoutATensor() {
    classes()
        .that()
        .resideInAPackage("dev.keizoku.llm.config..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.keizoku.llm.config..", "dev.keizoku.contract.fault..", "java..")
        .check(CLASSES);
  }

  @Test
  void theModelKnowsNoRankFileClockOrEnvironment() {
    noClasses()
        .that()
        .resideInAPackage("dev.keizoku.llm.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.storage..",
            "dev.keizoku.llm.weights..",
            "java.io..",
            "java.nio.file..",
            "java.time..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCircles() {
    PackageCircles.none("dev.keizoku.llm", CLASSES);
  }
}
