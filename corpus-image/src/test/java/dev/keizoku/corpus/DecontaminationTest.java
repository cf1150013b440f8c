package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.benchmark.QuestionSets;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Decontamination.Benchmark;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.CorpusResult.BenchmarkFound;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of documents that hold questions of the benchmark. */
class DecontaminationTest {
  private static final List<Benchmark> FP2 = List.of(new Benchmark("fp2", null));
  private static final String CLEAN = "当連結会計年度における売上高は、前年同期比で増加し、営業利益も計画を上回りました。関係者の皆様に感謝いたします。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @BeforeEach
  void documents() throws IOException {
    var question =
        QuestionSets.read("fp2").orElseThrow().get(3).variables().get("question").strip();
    for (int i = 0; i < 20; i++) {
      write("in/%02d.txt".formatted(i), "第" + i + "号。" + CLEAN);
    }
    write("in/leak.txt", "前置き。" + CLEAN + "\n" + question.replace("\n", "") + "\n結び。" + CLEAN);
  }

  private CorpusRun run(OnHit onHit, List<Benchmark> benchmarks) {
    var run =
        Builds.run(
            uri("out"), Builds.TOKENIZER, Builds.source("texts", uri("in") + "/", Format.TEXT));
    return Builds.changed(
        run, Map.of("decontaminate", new Decontamination(benchmarks, onHit, null)));
  }

  private FinalReport build(OnHit onHit, List<Benchmark> benchmarks) throws Exception {
    return Builds.build(store, root.resolve("scratch"), 2, run(onHit, benchmarks));
  }

  private String found(FinalReport report) {
    var folder = "out/versions/" + report.corpus().version() + "/benchmarks/found.jsonl";
    return new String(store.read(StoreUri.parse(uri(folder))), StandardCharsets.UTF_8);
  }

  @Test
  void refusesAndListsThemBesideTheVersions() {
    assertThatThrownBy(() -> build(null, FP2))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> assertThat(fault.reason().word()).isEqualTo("BenchmarkQuestionsFound"))
        .hasMessageContainingAll(
            "fp2 1 of 475 questions in 1 documents", "fp2#3", "onHit", "found.jsonl");
    assertThat(root.resolve("out/versions")).doesNotExist();
    assertThat(store.list(StoreUri.parse(uri("out/refused/"))))
        .singleElement()
        .satisfies(
            list ->
                assertThat(new String(store.read(list.uri()), StandardCharsets.UTF_8))
                    .contains("\"benchmark\":\"fp2\",\"questions\":[3]", "leak.txt"));
  }

  @Test
  void dropsTheDocument() throws Exception {
    var report = build(OnHit.DROP, FP2);
    assertThat(report.corpus().dropped()).containsEntry("benchmarkQuestion", 1L);
    assertThat(report.corpus().documents() + report.corpus().heldOutDocuments()).isEqualTo(20);
    assertThat(report.corpus().benchmarks()).containsExactly(new BenchmarkFound("fp2", 475, 1, 1));
    assertThat(found(report)).contains("leak.txt");
    var manifest =
        CorpusManifest.read(
            store, StoreUri.parse(report.artifact().uri()), report.artifact().sha256());
    var decontamination = manifest.provenance().decontamination();
    assertThat(decontamination.onHit()).isEqualTo("Drop");
    assertThat(decontamination.benchmarks())
        .singleElement()
        .satisfies(hits -> assertThat(hits.found()).containsExactly(3));
  }

  @Test
  void cutsTheLine() throws Exception {
    var report = build(OnHit.CUT, FP2);
    assertThat(report.corpus().dropped()).isEmpty();
    assertThat(report.corpus().documents() + report.corpus().heldOutDocuments()).isEqualTo(21);
    var clean = build(OnHit.REPORT, FP2);
    assertThat(clean.corpus().documents() + clean.corpus().heldOutDocuments()).isEqualTo(21);
    assertThat(tokens(report)).as("the question's line is gone").isLessThan(tokens(clean));
    assertThat(clean.corpus().benchmarks()).isEqualTo(report.corpus().benchmarks());
  }

  private static long tokens(FinalReport report) {
    return report.corpus().tokens() + report.corpus().heldOutTokens();
  }

  @Test
  void looksForQuestionsOfTheUsersOwn() throws Exception {
    write(
        "mine.jsonl",
        "{\"q\":\"何も関係のない長い問いがここに書かれています。答えよ。\",\"a\":[\"甲\",\"乙\"]}\n"
            + "{\"q\":{\"text\":\""
            + CLEAN.substring(0, 30)
            + "\"}}\n");
    var report = build(OnHit.REPORT, List.of(new Benchmark("mine", uri("mine.jsonl"))));
    assertThat(report.corpus().benchmarks()).containsExactly(new BenchmarkFound("mine", 2, 1, 21));
  }

  @Test
  void otherQuestionsAreAnotherVersion() throws Exception {
    write("mine.jsonl", "{\"q\":\"何も関係のない長い問いがここに書かれています。\"}");
    var mine = List.of(new Benchmark("mine", uri("mine.jsonl")));
    var first = build(OnHit.REPORT, mine);
    assertThat(first.corpus().benchmarks()).containsExactly(new BenchmarkFound("mine", 1, 0, 0));
    write("mine.jsonl", "{\"q\":\"" + CLEAN + "\"}");
    assertThat(build(OnHit.REPORT, mine).corpus().version()).isNotEqualTo(first.corpus().version());
  }

  @Test
  void tellsWhatCannotBeLookedFor() throws Exception {
    assertThatThrownBy(() -> build(null, List.of(new Benchmark("fp1", null))))
        .hasMessageContaining("choose one of chabsa, cma_basics");
    var mine = List.of(new Benchmark("mine", uri("mine.jsonl")));
    assertThatThrownBy(() -> build(null, mine)).hasMessageContaining("no such file");
    write("mine.jsonl", "{\"q\":");
    assertThatThrownBy(() -> build(null, mine)).hasMessageContaining("is not JSON");
    write("mine.jsonl", "{\"q\":1}");
    assertThatThrownBy(() -> build(null, mine)).hasMessageContaining("no text");
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }
}
