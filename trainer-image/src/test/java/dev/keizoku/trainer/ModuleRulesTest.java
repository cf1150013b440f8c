package dev.keizoku.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.keizoku.trainer");

  @Test
  void importsOnlyTheLibraries() {
    classes()
        .that()
        .resideInAPackage("dev.keizoku.trainer..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.keizoku.operator..",
            "dev.keizoku.crd..",
            "dev.keizoku.corpus..",
            "dev.keizoku.eval..")
        .check(CLASSES);
  }

  @Test
  void onlyMainAndCommandsImportTheLoop() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.keizoku.trainer.loop..", "dev.keizoku.trainer.command..", "dev.keizoku.trainer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.keizoku.trainer.loop..")
        .check(CLASSES);
  }

  @Test
  void onlyMainImportsTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.keizoku.trainer.command..", "dev.keizoku.trainer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.keizoku.trainer.command..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.keizoku.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void guardsAndOptimizerTouchNoFileOrClock() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.keizoku.trainer.guard..", "dev.keizoku.trainer.optim..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.time..", "dev.keizoku.storage..")
        .check(CLASSES);
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
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCircles() {
    PackageCircles.none("dev.keizoku.trainer", CLASSES);
  }
}
