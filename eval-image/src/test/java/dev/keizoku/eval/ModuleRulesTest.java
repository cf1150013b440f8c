package dev.keizoku.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keizoku.testing.PackageCircles;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final String HOUSE = "dev.keizoku.eval";
  private static final JavaClasses EVAL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

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
        .resideInAnyPackage(
            "dev.keizoku.eval.metric..", "dev.keizoku.eval.stats..", "dev.keizoku.eval.compare..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.keizoku.storage..", "dev.keizoku.llm..", "dev.keizoku.tokenizer..", "java.time..")
        .check(EVAL);
  }

  /** Every room and what of the evaluator it may see; a room that is not here may not exist. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("template", Set.of()),
          Map.entry("data", Set.of()),
          Map.entry("answer", Set.of()),
          Map.entry("items", Set.of()),
          Map.entry("task", Set.of("template", "data", "answer", "metric")),
          Map.entry("catalog", Set.of("task", "template", "data", "answer", "metric")),
          Map.entry("request", Set.of("task", "template")),
          Map.entry("lineage", Set.of("task")),
          Map.entry("metric", Set.of()),
          Map.entry("stats", Set.of("metric")),
          Map.entry("api", Set.of()),
          Map.entry("judge", Set.of("api", "items", "stats")),
          Map.entry("compare", Set.of("metric", "stats")),
          Map.entry("score", Set.of("task", "request", "metric", "items")),
          Map.entry("generate", Set.of("task", "request", "items", "score", "api")),
          Map.entry("remote", Set.of("task", "request", "items", "score", "api")),
          Map.entry(
              "result",
              Set.of(
                  "task",
                  "request",
                  "answer",
                  "metric",
                  "stats",
                  "compare",
                  "score",
                  "generate",
                  "judge",
                  "lineage")),
          Map.entry(
              "files",
              Set.of(
                  "task", "catalog", "request", "answer", "metric", "stats", "compare", "score",
                  "judge", "result")),
          Map.entry(
              "report",
              Set.of(
                  "task", "request", "answer", "metric", "stats", "compare", "score", "result",
                  "judge", "lineage")),
          Map.entry(
              "plan",
              Set.of(
                  "catalog", "task", "request", "items", "stats", "score", "generate", "remote")),
          Map.entry(
              "run",
              Set.of(
                  "files",
                  "task",
                  "request",
                  "items",
                  "stats",
                  "compare",
                  "score",
                  "generate",
                  "result",
                  "report",
                  "api",
                  "judge",
                  "lineage",
                  "remote",
                  "plan")),
          Map.entry("kept", Set.of("catalog", "task", "metric", "stats", "compare")),
          Map.entry(
              "command",
              Set.of(
                  "files", "catalog", "task", "request", "plan", "score", "run", "stats", "compare",
                  "kept", "result", "report", "api", "judge")),
          Map.entry("", Set.of("command", "run")));

  @Test
  void dataMovesOneWay() {
    for (var type : EVAL) {
      var room = room(type.getPackageName());
      assertThat(ROOMS).as("rooms of %s", type).containsKey(room);
      var seen =
          type.getDirectDependenciesFromSelf().stream()
              .map(dependency -> dependency.getTargetClass().getPackageName())
              .filter(name -> name.startsWith(HOUSE))
              .map(ModuleRulesTest::room)
              .filter(other -> !other.equals(room))
              .toList();
      assertThat(ROOMS.get(room)).as("seen by %s", type).containsAll(seen);
    }
  }

  private static String room(String packageName) {
    return packageName.equals(HOUSE) ? "" : packageName.substring(HOUSE.length() + 1);
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
