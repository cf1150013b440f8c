package dev.keizoku.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.benchmark.Doc;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TaskCatalogTest {
  private final TaskCatalog catalog = TaskCatalog.load();

  @Test
  void allQuestionsAreRead() {
    assertThat(
            catalog.tasks().stream()
                .collect(Collectors.toMap(BenchmarkTask::name, task -> task.docs().size())))
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
        catalog.find("chabsa").docs().stream()
            .collect(Collectors.groupingBy(Doc::gold, Collectors.counting()));
    assertThat(labels)
        .containsEntry(0, 4334L)
        .containsEntry(1, 3131L)
        .containsEntry(Doc.NO_RIGHT_CHOICE, 258L);
  }

  @Test
  void anEmptyChoiceOfTheAuditingExamIsTheTextNan() {
    var docs = catalog.find("cpa_audit").docs();
    assertThat(docs.stream().filter(doc -> doc.choices().contains("nan")).map(Doc::index).toList())
        .hasSize(38)
        .first()
        .isEqualTo(360);
    assertThat(docs)
        .allMatch(doc -> doc.choices().size() == 6 && doc.gold() >= 0 && doc.gold() < 6);
    assertThat(docs.get(360).choices().indexOf("nan")).isEqualTo(5);
  }

  @Test
  void blanksAtTheEdgesStay() {
    var fp2 = catalog.find("fp2").docs();
    for (int index : new int[] {26, 29, 49}) {
      assertThat(fp2.get(index).variables().get("question")).contains("| \n１．");
    }
    assertThat(catalog.find("cpa_audit").docs().getFirst().variables().get("question"))
        .contains("貢献する。 \nイ: ");
  }

  @Test
  void unknownNamesListWhatThereIs() {
    assertThatThrownBy(() -> catalog.find("fp1"))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContaining("chabsa, cma_basics, cpa_audit, fp2, security_sales_1");
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
