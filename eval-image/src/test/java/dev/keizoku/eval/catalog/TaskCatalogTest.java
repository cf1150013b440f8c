package dev.keizoku.eval.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.Doc;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TaskCatalogTest {
  private final TaskCatalog catalog = TaskCatalog.load();

  @Test
  void allQuestionsAreRead() {
    assertThat(
            catalog.tasks().stream()
                .collect(
                    Collectors.toMap(BenchmarkTask::name, task -> task.docs("default").size())))
        .containsEntry("chabsa", 7723)
        .containsEntry("cma_basics", 38)
        .containsEntry("cpa_audit", 398)
        .containsEntry("fp2", 475)
        .containsEntry("security_sales_1", 57)
        .hasSize(5);
  }

  @Test
  void neutralOpinionsHaveNoRightChoice() {
    var labels =
        catalog.find("chabsa").docs("default").stream()
            .collect(Collectors.groupingBy(doc -> doc.row().get("gold"), Collectors.counting()));
    assertThat(labels).containsEntry(0, 4334L).containsEntry(1, 3131L).containsEntry(-100, 258L);
  }

  @Test
  void opinionsOnOneSentenceAreOneUnit() {
    var units =
        catalog.find("chabsa").docs("1.0-0.2").stream()
            .collect(Collectors.groupingBy(Doc::unit, Collectors.counting()));
    assertThat(units).hasSize(3215);
    assertThat(catalog.find("fp2").docs("default")).extracting(Doc::unit).doesNotHaveDuplicates();
  }

  @Test
  void anEmptyChoiceOfTheAuditingExamIsTheTextNan() {
    var docs = catalog.find("cpa_audit").docs("default");
    assertThat(docs.stream().filter(doc -> choices(doc).contains("nan")).map(Doc::index).toList())
        .hasSize(38)
        .first()
        .isEqualTo(360);
    assertThat(docs).allMatch(doc -> choices(doc).size() == 6);
    assertThat(choices(docs.get(360)).indexOf("nan")).isEqualTo(5);
  }

  private static List<?> choices(Doc doc) {
    return (List<?>) doc.row().get("choices");
  }

  @Test
  void blanksAtTheEdgesStay() {
    var fp2 = catalog.find("fp2").docs("default");
    for (int index : new int[] {26, 29, 49}) {
      assertThat(fp2.get(index).row().get("question").toString()).contains("| \n１．");
    }
    assertThat(catalog.find("cpa_audit").docs("default").getFirst().row().get("question"))
        .asString()
        .contains("貢献する。 \nイ: ");
  }

  @Test
  void unknownNamesListWhatThereIs() {
    assertThatThrownBy(() -> catalog.find("fp1"))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContaining("(did you mean fp2?)")
        .hasMessageContaining("chabsa, cma_basics, cpa_audit, ews");
    assertThatThrownBy(() -> catalog.find("fp2").promptVersion("1.0-0.7"))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("default, 1.0-0.1, 1.0-0.1.2");
  }

  @Test
  void promptSetsFallBackWhereATaskLacksThem() {
    var chabsa = catalog.find("chabsa");
    assertThat(chabsa.promptVersion("1.0-0.1.2")).isEqualTo("1.0-0.1");
    assertThat(chabsa.promptVersion(null)).isEqualTo("default");
    assertThat(chabsa.resultName("1.0-0.1")).isEqualTo("chabsa-1.0-0.1");
    for (var task : catalog.tasks()) {
      assertThat(catalog.promptSets()).allSatisfy(set -> task.promptVersion(set));
    }
    assertThat(catalog.promptSets()).isEqualTo(List.copyOf(catalog.find("fp2").prompts().keySet()));
  }
}
