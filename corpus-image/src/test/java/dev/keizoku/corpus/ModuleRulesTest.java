package dev.keizoku.corpus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final JavaClasses CORPUS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keizoku.corpus");

  @Test
  void ofOursOnlyContractProgramStorageAndTokenizer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.crd..",
            "dev.keizoku.operator..",
            "dev.keizoku.llm..",
            "dev.keizoku.trainer..",
            "dev.keizoku.eval..")
        .check(CORPUS);
  }

  @Test
  void theBuildKnowsTheStagesAndReadingAndWritingShareTheSpoolOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("dev.keizoku.corpus")
        .layer("command")
        .definedBy("dev.keizoku.corpus.command..")
        .layer("build")
        .definedBy("dev.keizoku.corpus.build..")
        .layer("write")
        .definedBy("dev.keizoku.corpus.write..")
        .layer("spool")
        .definedBy("dev.keizoku.corpus.spool..")
        .layer("kept")
        .definedBy("dev.keizoku.corpus.kept..")
        .layer("questions")
        .definedBy("dev.keizoku.corpus.questions..")
        .layer("read")
        .definedBy("dev.keizoku.corpus.read..")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("build")
        .mayOnlyBeAccessedByLayers("main", "command")
        .whereLayer("write")
        .mayOnlyBeAccessedByLayers("build")
        .whereLayer("spool")
        .mayOnlyBeAccessedByLayers("build", "kept", "questions", "write")
        .whereLayer("kept")
        .mayOnlyBeAccessedByLayers("build")
        .check(CORPUS);
    noClasses()
        .that()
        .resideInAPackage("dev.keizoku.corpus.write..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.keizoku.corpus.read..").and(not(simpleName("Document"))))
        .check(CORPUS);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.keizoku.(**)").should().beFreeOfCycles().check(CORPUS);
  }

  @Test
  void theStagesArePureFunctionsOfText() {
    classes()
        .that()
        .resideInAnyPackage("..clean", "..filter", "..decontaminate", "..dedup", "..split")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.corpus.clean",
            "dev.keizoku.corpus.filter",
            "dev.keizoku.corpus.decontaminate",
            "dev.keizoku.corpus.dedup",
            "dev.keizoku.corpus.split",
            "dev.keizoku.corpus.unicode",
            "dev.keizoku.contract..",
            "dev.keizoku.storage",
            "java.lang..",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.util..")
        .check(CORPUS);
  }

  @Test
  void onlyTheMainReadsTheEnvironment() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CORPUS);
  }

  @Test
  void packagesHaveNoCircles() {
    PackageCircles.none("dev.keizoku.corpus", CORPUS);
  }
}
