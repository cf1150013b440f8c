package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.versions.VersionTables;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of documents that say the same, or nearly. */
class DuplicatesBuildTest {
  private static final String NEWS =
      "当連結会計年度における売上高は、前年同期比で増加し、営業利益も計画を上回りました。利息は約定の利率により計算した。"
          + "海外では北米の需要が底堅く推移し、国内においては設備投資が伸びました。原材料の高騰は利益を押し下げましたが、"
          + "価格の改定がこれを補いました。次期の見通しは、為替の動きと金利の上昇を織り込んでおり、配当は据え置く予定です。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @BeforeEach
  void documents() throws IOException {
    var lines =
        List.of(
            line("2024-01-01", NEWS + "関係者の皆様に感謝いたします。"),
            line("2024-06-01", NEWS),
            line("2024-03-01", "日本銀行は金融政策決定会合を開き、短期金利の誘導目標を据え置くことを全員一致で決めました。物価は安定しています。"),
            line("2024-03-02", "日本銀行は、金融政策決定会合を開き、短期金利の誘導目標を据え置くことを全員一致で決めました。物価は安定しています。"));
    Files.writeString(
        Files.createDirectory(root.resolve("in")).resolve("a.jsonl"), String.join("\n", lines));
  }

  private static String line(String date, String text) {
    return "{\"date\":\"%s\",\"text\":\"%s\"}".formatted(date, text);
  }

  /** What fell, by the line that it stands in. */
  private Map<String, String> dropped(Map<String, ?> rules) throws Exception {
    var source = Sources.with(Builds.source("in", uri("in") + "/", Format.JSONL), "rules", rules);
    var report =
        Builds.build(
            store, root.resolve("scratch"), 2, Builds.run(uri("out"), Builds.TOKENIZER, source));
    var dropped = new TreeMap<String, String>();
    new VersionTables(
            store,
            StoreUri.parse(report.artifact().uri()),
            Files.createTempDirectory(root, "tables"))
        .read(
            "dropped/",
            List.of("place", "reason"),
            row -> dropped.put(row.get("place").replaceFirst(".*#", ""), row.get("reason")));
    return dropped;
  }

  @Test
  void theLongerStaysOrTheNewerWhereTheSourceSaysSo() throws Exception {
    assertThat(dropped(Map.of())).hasSize(2).containsEntry("2", "nearDuplicate");
    assertThat(dropped(Map.of("preferNewer", true))).hasSize(2).containsEntry("1", "nearDuplicate");
  }

  @Test
  void areToldByReasonWhileTokensAreMade() throws Exception {
    CorpusRun run =
        Builds.run(
            uri("out"), Builds.TOKENIZER, Builds.source("in", uri("in") + "/", Format.JSONL));
    var context = Builds.context(root.resolve("scratch"));
    Builds.of(store, context, 2).build(run, context);
    assertThat(context.progress().report().metrics())
        .containsEntry("documentsExactDuplicate", 1.0)
        .containsEntry("documentsNearDuplicate", 1.0)
        .containsEntry("documentsDropped", 2.0)
        .containsEntry("documentsKept", 2.0);
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }
}
