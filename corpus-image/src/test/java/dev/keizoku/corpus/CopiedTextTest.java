package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.HeldOut;
import dev.keizoku.contract.corpus.Recipe;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of documents that share paragraphs. */
class CopiedTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTICE =
      "本資料は投資判断の参考となる情報の提供を目的としたもので、投資の勧誘を目的としたものではありません。最終的な決定はご自身の判断でお願いします。";
  private static final String ROW = "売上高\t1,234\t前年同期と比べて増加した主な理由は、海外での販売が好調に推移したことによるものです。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private static String own(int number) {
    return "第%d回の調査によると、景気は緩やかに回復しており、%d社のうち%d社が来期の増収を見込んでいると答えました。"
        .formatted(number, 100 + number, 40 + number);
  }

  private static String story(int number) {
    return "%s\n別の見方をする専門家は%d人いて、物価の先行きには%d通りの考え方があるという声も聞かれました。\n%s\n%s"
        .formatted(own(number), number + 3, number + 2, ROW, NOTICE);
  }

  /** A build with a limit of its own, or that of the recipe. */
  private FinalReport build(
      String out, int threads, Recipe recipe, Integer limit, List<String> texts) throws Exception {
    var lines = new StringBuilder();
    for (var text : texts) {
      lines.append(JSON.writeValueAsString(Map.of("text", text))).append('\n');
    }
    Files.createDirectories(root.resolve("in"));
    Files.writeString(root.resolve("in/a.jsonl"), lines);
    var source = Builds.source("in", StoreUri.of(root) + "/in/", Format.JSONL);
    var run = Builds.run(StoreUri.of(root) + "/" + out, Builds.TOKENIZER, source);
    var tree = JSON.<ObjectNode>valueToTree(source).put("recipe", word(recipe));
    tree.putObject("rules").put("maxParagraphDocuments", limit);
    return Builds.build(
        store,
        root.resolve("scratch"),
        threads,
        Builds.changed(
            run, Map.of("sources", List.of(tree), "heldOut", new HeldOut(0.0, 1, null, null))));
  }

  private static String word(Recipe recipe) {
    return JSON.convertValue(recipe, String.class);
  }

  private List<Map<String, String>> rows(FinalReport report, String out, String table)
      throws IOException {
    var file = root.resolve(out + "/versions/" + report.corpus().version()).resolve(table);
    var rows = new ArrayList<Map<String, String>>();
    try (var parquet = ParquetFileReader.open(InputFile.of(file));
        var reader = parquet.rowReader()) {
      while (reader.hasNext()) {
        reader.next();
        var row = new TreeMap<String, String>();
        for (var column : parquet.getFileSchema().getRootNode().children()) {
          row.put(column.name(), String.valueOf(reader.getValue(column.name())));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void theWebKeepsAParagraphThreeTimesAndEveryRowOfATable() throws Exception {
    var stories = IntStream.range(0, 5).mapToObj(CopiedTextTest::story).toList();
    var report = build("out", 4, Recipe.WEB, null, stories);
    var kept = rows(report, "out", "documents/train-00000.parquet");
    assertThat(kept).hasSize(5).allSatisfy(row -> assertThat(row.get("text")).contains(ROW));
    assertThat(kept).filteredOn(row -> row.get("text").contains(NOTICE)).hasSize(3);
    assertThat(kept)
        .filteredOn(row -> row.get("attributes").contains("\"paragraphs.copied\":\"1\""))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(Integer.parseInt(row.get("characters")))
                    .isEqualTo(row.get("text").codePointCount(0, row.get("text").length())));
    var same = build("one", 1, Recipe.WEB, null, stories);
    assertThat(rows(same, "one", "documents/train-00000.parquet")).isEqualTo(kept);
    var page = "versions/" + report.corpus().version() + "/report.html";
    assertThat(root.resolve("out/" + page)).content().contains(NOTICE.substring(0, 40));
    assertThat(root.resolve("one/" + page)).hasSameTextualContentAs(root.resolve("out/" + page));
  }

  @Test
  void filingsKeepWhatTheyShareUnlessARuleSaysOtherwise() throws Exception {
    var stories = IntStream.range(0, 5).mapToObj(CopiedTextTest::story).toList();
    var report = build("out", 2, Recipe.DISCLOSURE, null, stories);
    assertThat(rows(report, "out", "documents/train-00000.parquet"))
        .hasSize(5)
        .allSatisfy(row -> assertThat(row.get("text")).contains(NOTICE));
    assertThat(List.of(Recipe.values()))
        .filteredOn(recipe -> recipe.rules().maxParagraphDocuments() != null)
        .containsExactly(Recipe.NEWS, Recipe.WEB);
  }

  /** What later versions look for is what this one kept. */
  @Test
  void signaturesAreThoseOfTheTextsThatAreLeft() throws Exception {
    var stories = IntStream.range(0, 5).mapToObj(CopiedTextTest::story).toList();
    var cut = build("cut", 2, Recipe.WEB, null, stories);
    var texts = rows(cut, "cut", "documents/train-00000.parquet");
    assertThat(texts).filteredOn(row -> row.get("text").contains(NOTICE)).hasSize(3);
    var plain =
        build("plain", 2, Recipe.WEB, null, texts.stream().map(row -> row.get("text")).toList());
    assertThat(signatures("cut", cut)).isEqualTo(signatures("plain", plain));
  }

  /** The bytes of each column, whatever the order of the documents. */
  private List<List<Integer>> signatures(String out, FinalReport report) throws IOException {
    var file = root.resolve(out + "/versions/" + report.corpus().version() + "/split/bands");
    var ints = ByteBuffer.wrap(Files.readAllBytes(file)).asIntBuffer();
    int documents = (int) report.corpus().documents();
    return IntStream.range(0, ints.limit() / documents)
        .mapToObj(
            column ->
                IntStream.range(0, documents)
                    .mapToObj(row -> ints.get(column * documents + row))
                    .sorted()
                    .toList())
        .toList();
  }

  @Test
  void aDocumentOfWhichTooLittleIsItsOwnGoes() throws Exception {
    var longer = own(1) + "\n" + NOTICE + "\n" + own(7) + "\n" + own(9);
    var report = build("out", 2, Recipe.WEB, 1, List.of(longer, "お知らせ\n" + own(1) + "\n" + NOTICE));
    assertThat(report.corpus().dropped()).containsExactly(Map.entry("copiedParagraphs", 1L));
    assertThat(report.corpus().duplicates())
        .singleElement()
        .satisfies(row -> assertThat(row.share()).isEqualTo(0.5));
    var dropped = rows(report, "out", "dropped/documents-00000.parquet").getFirst();
    assertThat(dropped.get("attributes")).contains("\"paragraphs.copied\":\"2\"");
  }
}
