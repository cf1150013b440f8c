package dev.keizoku.eval.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task files of docs/tasks, on rows of our own with the columns of the real data. */
class BucketTasksTest {
  private static final Path FILES = Path.of("../docs/tasks");

  @TempDir Path folder;

  @BeforeEach
  void copyTheFiles() throws IOException {
    try (var files = Files.list(FILES)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void commitmentsAreChosenByTheirLabel() throws IOException {
    Files.writeString(
        folder.resolve("jf_icr.jsonl"),
        """
        {"question": "増配しますか。", "response": "検討してまいります。", "label": "-1", "task_id": "a"}
        {"question": "出店しますか。", "response": "必ず実行します。", "label": "+2", "task_id": "b"}
        {"question": "見通しは。", "response": "開示しておりません。", "label": "0", "task_id": "c"}
        """);
    var asked = asked("jf_icr");
    assertThat(asked).extracting(Request::gold).containsExactly(3, 0, 2);
    assertThat(asked.getFirst().context())
        .startsWith("投資家の質問に対する")
        .endsWith("質問: 増配しますか。\n回答: 検討してまいります。\n判定:");
    assertThat(asked.getFirst().continuations()).containsExactly(" +2", " +1", " 0", " -1", " -2");
  }

  @Test
  void reportsAreReadFromTheHubsFolders() throws IOException {
    table("fraud_detection", 1);
    table("earnings_forecast", 0);
    var fraud = asked("edinet_fraud");
    assertThat(fraud).extracting(Request::gold).containsExactly(1, 0);
    assertThat(fraud).extracting(request -> request.doc().unit()).doesNotHaveDuplicates();
    assertThat(fraud.getFirst().context()).contains("{\"売上高\": \"1,030\"}").endsWith("答え:");
    assertThat(asked("edinet_earnings")).extracting(Request::gold).containsExactly(0, 1);
    assertThat(catalog().named("edinet_bench")).hasSize(2);
  }

  /** No answer is right by itself: what is scored is that there is one. */
  @Test
  void firstTurnsOfDialoguesAreAskedForAJudge() throws IOException {
    Files.createDirectory(folder.resolve("pfmt_bench_fin_ja"));
    Files.writeString(
        folder.resolve("pfmt_bench_fin_ja/question.jsonl"),
        """
        {"question_id":0,"category":"writing","turns":["決算の挨拶文を書いてください。","短くしてください。"]}
        {"question_id":61,"category":"math","turns":["年利5%で10年後は何倍ですか。","20年後はどうですか。"]}
        """);
    var task = catalog().find("pfmt_bench_fin_ja");
    var all = TaskRequests.of(task, List.of("default", "plain"), null);
    assertThat(all).hasSize(2).allMatch(TaskRequests::written);
    assertThat(all.get(0).requests())
        .extracting(Request::context)
        .containsExactly("決算の挨拶文を書いてください。", "年利5%で10年後は何倍ですか。");
    assertThat(all.get(1).requests().getFirst().context())
        .isEqualTo("### ユーザー:\n決算の挨拶文を書いてください。\n\n### アシスタント:\n");
    var dialogue =
        TaskRequests.of(catalog().find("pfmt_bench_fin_ja_dialogue"), List.of(), null).getFirst();
    var next = dialogue.requests().getFirst().next();
    assertThat(next.after("皆様。")).isEqualTo("決算の挨拶文を書いてください。皆様。短くしてください。");
    var both = next.told("皆様。", " ");
    assertThat(both).isEqualTo("皆様。\n\n[user]\n短くしてください。\n\n[assistant]\n ");
    var filters = dialogue.file().answering().filters();
    assertThat(filters.one(List.of(both))).isEqualTo("nothing");
    assertThat(filters.one(List.of(both + "はい"))).isEqualTo("answered");
    assertThat(all.getFirst().requests()).extracting(Request::next).containsOnlyNulls();
    var answering = all.getFirst().file().answering();
    var metric = answering.metrics().get("exact_match");
    for (var answer : List.of("株主の皆様へ", " \n ", "")) {
      var scored = answering.filters().one(List.of(answer));
      var right = all.getFirst().requests().getFirst().choices();
      assertThat(metric.score(scored, right)).as(answer).isEqualTo(answer.isBlank() ? 0 : 1);
    }
  }

  private void table(String name, long first) throws IOException {
    var columns =
        List.of(
            ParquetColumn.string("summary"),
            ParquetColumn.string("bs"),
            ParquetColumn.string("pl"),
            ParquetColumn.string("cf"),
            ParquetColumn.string("edinet_code"),
            ParquetColumn.int64("label"));
    var file = Files.createDirectory(folder.resolve(name)).resolve("test-00000-of-00001.parquet");
    try (var out = Files.newOutputStream(file)) {
      var table = new ParquetWriter(out, columns);
      var sheet = "{\"売上高\": \"1,030\"}";
      table.add(new Object[] {sheet, sheet, sheet, sheet, "E00001", first});
      table.add(new Object[] {sheet, sheet, sheet, sheet, "E00002", 1 - first});
      table.finish();
    }
  }

  private TaskCatalog catalog() {
    return TaskCatalog.load(StoreRouter.open(null, null), StoreUri.of(folder).toString());
  }

  private List<Request> asked(String task) {
    return TaskRequests.of(catalog().find(task), List.of(), null).getFirst().requests();
  }
}
