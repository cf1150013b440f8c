package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Decontamination.Benchmark;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.contract.corpus.Removals;
import dev.keizoku.contract.result.CorpusResult.BenchmarkFound;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.corpus.build.CorpusBuild;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents and versions are called, and what is taken out by name. */
class IdentityTest {
  private static final String NAMED =
      "{\"id\":\"n1\",\"text\":\"いろはにほへとちりぬるを。わかよたれそつねならむ。うゐのおくやまけふこえて。あさきゆめみしゑひもせす。一。\"}\n";
  private static final String WITH_URL =
      "{\"url\":\"https://a.example/1\",\"text\":\"春はあけぼの。やうやう白くなりゆく山ぎは、少しあかりて、紫だちたる雲のほそくたなびきたる。夏は夜。月のころはさらなり。\"}\n";
  private static final String BARE =
      "{\"text\":\"祇園精舎の鐘の声、諸行無常の響きあり。沙羅双樹の花の色、盛者必衰の理をあらはす。おごれる人も久しからず。\"}\n";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private void write(String path, String content) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String uri(String path) {
    return StoreUri.of(root.resolve(path)).toString();
  }

  private CorpusRun run(String folder, String out) {
    return Builds.run(
        uri(out), Builds.TOKENIZER, Builds.source("in", uri(folder) + "/", Format.JSONL));
  }

  private FinalReport build(CorpusRun run) throws Exception {
    return Builds.build(store, root.resolve("scratch"), 1, run);
  }

  /** The ids of a version's documents, in hex. */
  private TreeSet<String> ids(String out, FinalReport report) throws IOException {
    var ids = new TreeSet<String>();
    for (var split : new String[] {"tokens", "heldout"}) {
      var file = root.resolve(out + "/versions/" + report.corpus().version() + "/" + split);
      var bytes =
          Files.exists(file.resolve("00000.ids"))
              ? Files.readAllBytes(file.resolve("00000.ids"))
              : new byte[0];
      for (int i = 0; i < bytes.length; i += 32) {
        ids.add(HexFormat.of().formatHex(bytes, i, i + 32));
      }
    }
    return ids;
  }

  @Test
  void anIdOutlivesAnotherPlaceAnotherOrderAndAnotherExport() throws Exception {
    write("in/a.jsonl", NAMED + WITH_URL + BARE);
    var before = ids("out", build(run("in", "out")));
    write("other/deep/b.jsonl", BARE);
    write("other/c.jsonl", WITH_URL + NAMED.replace("一。", "二。改訂した。"));
    assertThat(before).hasSize(3).isEqualTo(ids("out", build(run("other", "out"))));
  }

  @Test
  void theSameFilesElsewhereAreTheSameVersion() throws Exception {
    write("in/2024/a.jsonl", NAMED);
    write("in/2024/b/c.jsonl", WITH_URL + BARE);
    var version = build(run("in", "out")).corpus().version();
    write("copy/raw/x/a.jsonl", NAMED);
    write("copy/raw/x/b/c.jsonl", WITH_URL + BARE);
    assertThat(build(run("copy", "elsewhere")).corpus().version()).isEqualTo(version);
    write("copy/raw/x/b/c.jsonl", BARE + WITH_URL);
    assertThat(build(run("copy", "elsewhere")).corpus().version()).isNotEqualTo(version);
  }

  @Test
  void documentsAreTakenOutByAnyNameAndSoIsWhatSaysTheSame() throws Exception {
    write("in/a.jsonl", NAMED + WITH_URL + BARE + NAMED.replace("n1", "n2"));
    var all = build(run("in", "out"));
    write("ids.txt", "https://a.example/1\n\n");
    var removals = new Removals(List.of("n1", "nobody"), uri("ids.txt"));
    var run = Builds.changed(run("in", "out"), Map.of("removals", removals));
    var context = Builds.context(root.resolve("scratch"));
    var report = Builds.of(store, context, 2).build(run, context);
    assertThat(report.corpus().version()).isNotEqualTo(all.corpus().version());
    assertThat(report.corpus().dropped()).containsExactly(Map.entry("removed", 3L));
    assertThat(report.corpus().documents() + report.corpus().heldOutDocuments()).isEqualTo(1);
    assertThat(context.progress().report().notices())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .startsWith(
                        "1 of 3 removals name no document of the sources, for instance 'nobody'"));
    assertThatNothingHolds(report, "ほへと", "あけぼの");
    assertThat(report.corpus().version())
        .as("the same names from another place")
        .isEqualTo(
            build(
                    Builds.changed(
                        run,
                        Map.of(
                            "removals",
                            new Removals(List.of("https://a.example/1", "n1", "nobody"), null))))
                .corpus()
                .version());
    var byHex = new Removals(List.copyOf(ids("out", report)), null);
    var other = Builds.changed(run("in", "out"), Map.of("removals", byHex));
    assertThat(build(other).corpus().dropped()).containsEntry("removed", 1L);
  }

  @Test
  void whatSaysTheSameAsARemovedDocumentLeavesNoTraceEither() throws Exception {
    var tooShort = "いろはにほへとちりぬるを。わかよたれそ。";
    write(
        "in/a.jsonl",
        "{\"id\":\"n3\",\"text\":\"%1$s\"}\n{\"text\":\"%1$s\"}\n".formatted(tooShort)
            + NAMED
            + NAMED.replace("n1", "n2")
            + WITH_URL
            + BARE);
    write("questions.jsonl", NAMED);
    var asked =
        Builds.changed(
            run("in", "out"),
            Map.of(
                "decontaminate",
                new Decontamination(
                    List.of(new Benchmark("mine", uri("questions.jsonl"))), OnHit.REFUSE, null)));
    assertThatThrownBy(() -> build(asked)).hasMessageContaining("mine 1 of 1 questions in 2");
    var report =
        build(Builds.changed(asked, Map.of("removals", new Removals(List.of("n1", "n3"), null))));
    assertThat(report.corpus().dropped()).containsExactly(Map.entry("removed", 4L));
    assertThat(report.corpus().benchmarks())
        .as("questions in what is taken out do not count")
        .containsExactly(new BenchmarkFound("mine", 1, 0, 0));
    assertThatNothingHolds(report, "ほへと");
  }

  private void assertThatNothingHolds(FinalReport report, String... texts) {
    for (var object : store.list(StoreUri.parse(report.artifact().uri()).parent())) {
      assertThat(new String(store.read(object.uri()), StandardCharsets.UTF_8))
          .as(object.uri().toString())
          .doesNotContain(texts);
    }
  }

  @Test
  void aRemovalListThatIsNotThereIsToldBeforeAnythingIsRead() {
    var run =
        Builds.changed(
            run("in", "out"), Map.of("removals", new Removals(List.of(), uri("gone.txt"))));
    assertThatThrownBy(() -> build(run)).hasMessageContaining("gone.txt");
  }

  /** Another library may find another text in the same bytes. */
  @Test
  void theLibrariesThatReadAreNamedByTheirVersions() throws IOException {
    var libraries = new Properties();
    try (var in = CorpusBuild.class.getResourceAsStream("libraries.properties")) {
      libraries.load(in);
    }
    assertThat(libraries).containsKeys("jsoup", "pdfbox", "commonmark", "hardwood");
    assertThat(libraries.values())
        .allSatisfy(version -> assertThat((String) version).matches("\\d+[.].+"));
  }
}
