package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds on local files, with the quick start's tokenizer. */
class CorpusBuildTest {
  private static final String LONG =
      "当連結会計年度における売上高は、前年同期比で増加し、営業利益も計画を上回りました。" + "金融商品取引法に基づく開示を行い、利息は約定の利率により計算した。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);
  private CorpusRun run;

  @BeforeEach
  void sources() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append("{\"title\":\"報告%d\",\"text\":\"第%d期。%s\"}\n".formatted(i, i, LONG));
    }
    lines.append("{\"text\":\"第3期。" + LONG.replace("、", "、 ") + "\"}\n");
    lines.append("{\"text\":\"短い。\"}\n{\"text\":\"" + "English only. ".repeat(10) + "\"}\n");
    write("a/reports.jsonl", lines.toString());
    write("b/text.txt", LONG + "文書<|endoftext|>の中の名前。");
    write("b/copy.txt", "第5期。" + LONG);
    run =
        Builds.run(
            uri("out"),
            Builds.TOKENIZER,
            Builds.source("reports", uri("a") + "/", Format.JSONL),
            Builds.source("texts", uri("b") + "/", Format.TEXT));
  }

  @Test
  void countsWhatBecameOfEveryDocument() throws Exception {
    var report = Builds.build(store, root.resolve("scratch"), 2, run);
    assertThat(report.reason()).isEqualTo("Completed");
    var result = report.corpus();
    assertThat(result.dropped())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("exactDuplicate", 2L, "tooShort", 1L, "notJapanese", 1L));
    assertThat(result.documents() + result.heldOutDocuments()).isEqualTo(61);
    assertThat(result.heldOutDocuments()).isBetween(1L, 15L);

    var manifest =
        CorpusManifest.read(
            store, StoreUri.parse(report.artifact().uri()), report.artifact().sha256());
    assertThat(report.artifact().uri())
        .isEqualTo(uri("out/versions/" + result.version() + "/manifest.json"));
    var reports = manifest.provenance().sources().getFirst();
    assertThat(reports.read()).isEqualTo(63);
    assertThat(reports.kept()).as("of equal documents the earlier source's stays").isEqualTo(60);
    assertThat(manifest.provenance().sources().get(1).dropped())
        .containsEntry("exactDuplicate", 1L);
  }

  @Test
  void theShardsHoldTheTokensOfTheDocumentsWithAnEndEach() throws Exception {
    var report = Builds.build(store, root.resolve("scratch"), 2, run);
    var corpus =
        CorpusReader.open(
            store, StoreUri.parse(report.artifact().uri()), report.artifact().sha256());
    var info = corpus.manifest().tokenizer();
    try (var tokenizer = Tokenizers.load(Builds.QUICKSTART.resolve("tokenizer"));
        var train = corpus.train(root.resolve("fetched"))) {
      assertThat(info.sha256()).isEqualTo(tokenizer.sha256());
      assertThat(train.documents()).isEqualTo((int) report.corpus().documents());
      assertThat(train.tokens()).isEqualTo(report.corpus().tokens());
      for (int i = 0; i < train.documents(); i++) {
        var ids = train.document(i);
        assertThat(ids[ids.length - 1]).isEqualTo(info.eosId());
        var text = tokenizer.decode(java.util.Arrays.copyOf(ids, ids.length - 1));
        assertThat(text).contains(LONG);
        assertThat(java.util.stream.IntStream.of(ids).filter(id -> id == info.eosId())).hasSize(1);
      }
    }
  }

  @Test
  void documentsBeginWithBosWhereTheTokenizerDoesSo() throws Exception {
    var folder = Files.createDirectories(root.resolve("llama"));
    Files.copy(
        Path.of("../libs/tokenizer/src/test/resources/golden/parity/llama2.json"),
        folder.resolve("tokenizer.json"));
    write(
        "llama/tokenizer_config.json",
        "{\"tokenizer_class\":\"LlamaTokenizer\",\"bos_token\":\"<s>\",\"eos_token\":\"</s>\"}");
    var tokenizer = uri("llama") + "/";
    var own = manifestOf(withTokenizer(tokenizer, null));
    assertThat(own.manifest().tokenizer().bosId()).isEqualTo(1);
    var without = manifestOf(withTokenizer(tokenizer, false));
    assertThat(without.manifest().tokenizer().bosId()).isNull();
    assertThat(without.manifest().version()).isNotEqualTo(own.manifest().version());
    try (var started = own.train(root.resolve("own"));
        var bare = without.train(root.resolve("without"))) {
      for (int i = 0; i < started.documents(); i++) {
        var ids = started.document(i);
        assertThat(ids).startsWith(1).endsWith(2);
        assertThat(Arrays.copyOfRange(ids, 1, ids.length)).isEqualTo(bare.document(i));
      }
    }
    assertThatThrownBy(() -> manifestOf(withTokenizer(Builds.TOKENIZER, true)))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("the tokenizer has no BOS token");
  }

  private CorpusRun withTokenizer(String tokenizer, Boolean addBosToken) {
    var settings = new HashMap<String, Object>();
    settings.put("tokenizer", tokenizer);
    settings.put("addBosToken", addBosToken);
    return Builds.changed(run, settings);
  }

  private CorpusReader manifestOf(CorpusRun asked) throws Exception {
    var artifact = Builds.build(store, root.resolve("scratch"), 2, asked).artifact();
    return CorpusReader.open(store, StoreUri.parse(artifact.uri()), artifact.sha256());
  }

  @Test
  void givesTheSameBytesWithOneThreadAndWithFour() throws Exception {
    var one = Builds.build(store, root.resolve("scratch"), 1, run);
    var files = digests("out/versions");
    store.deleteFolder(StoreUri.parse(uri("out")));
    var four = Builds.build(store, root.resolve("scratch"), 4, run);
    assertThat(four).isEqualTo(one);
    assertThat(digests("out/versions")).isEqualTo(files).hasSize(18);
  }

  @Test
  void aVersionThatIsThereIsNotBuiltAgain() throws Exception {
    var first = Builds.build(store, root.resolve("scratch"), 2, run);
    var bin = root.resolve("out/versions/" + first.corpus().version() + "/tokens/00000.bin");
    var written = Files.getLastModifiedTime(bin);
    var again = Builds.timed(store, root.resolve("scratch"), 2, run);
    assertThat(again).as("nothing was timed").isEqualTo(first);
    assertThat(Files.getLastModifiedTime(bin)).isEqualTo(written);

    Files.delete(bin);
    assertThat(Builds.build(store, root.resolve("scratch"), 2, run)).isEqualTo(first);
    assertThat(bin).exists();
  }

  @Test
  void tellsWhatEachStageTook() throws Exception {
    var result = Builds.timed(store, root.resolve("scratch"), 2, run).corpus();
    var documents = new TreeMap<String, Long>();
    result.stages().forEach(stage -> documents.put(stage.stage(), stage.documents()));
    assertThat(documents)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "copy", 3L,
                "read", 65L,
                "clean", 65L,
                "filter", 65L,
                "nearDuplicates", 63L,
                "exactDuplicates", 0L,
                "tokenize", 61L,
                "write", 61L,
                "program", 65L));
    var folder = root.resolve("out/builds/" + result.version());
    assertThat(folder.resolve("time.html")).content().contains("What the stages took");
    assertThat(folder.resolve("time.json")).content().contains("\"processorSeconds\" :");
    assertThat(root.resolve("out/versions/" + result.version() + "/report.html"))
        .content()
        .contains("href=\"../../builds/" + result.version() + "/time.html\"");
  }

  @Test
  void anotherInputIsAnotherVersion() throws Exception {
    var first = Builds.build(store, root.resolve("scratch"), 2, run);
    write("b/more.txt", "別の文書。" + LONG.repeat(2));
    var second = Builds.build(store, root.resolve("scratch"), 2, run);
    assertThat(second.corpus().version()).isNotEqualTo(first.corpus().version());
    assertThat(store.stat(StoreUri.parse(first.artifact().uri())))
        .as("the old version stays")
        .isPresent();
  }

  @Test
  void tellsTheUsersFaults() throws Exception {
    var b = uri("b") + "/";
    assertFault("NoDocumentsLeft", () -> build(with(run, uri("b/short"), "短い")));
    assertFault(
        "SourceEmpty",
        () ->
            build(
                Builds.run(
                    uri("out"), Builds.TOKENIZER, Builds.source("x", uri("none") + "/", null))));
    assertFault(
        "SourceEmpty",
        () ->
            build(
                Builds.run(
                    uri("out"), Builds.TOKENIZER, Builds.source("x", uri("b/none.txt"), null))));
    assertFault(
        "TokenizerNotFound",
        () -> build(Builds.run(uri("out"), uri("b"), Builds.source("x", b, null))));
    assertFault(
        "RunFileInvalid", () -> build(Builds.run(uri("out"), null, Builds.source("x", b, null))));
    assertFault("RunFileInvalid", () -> build(Builds.run(uri("out"), Builds.TOKENIZER)));
    assertFault(
        "RunFileInvalid",
        () ->
            build(
                Builds.run(
                    uri("out"),
                    Builds.TOKENIZER,
                    Builds.source("x", b, null),
                    Builds.source("x", b, null))));
    write("t/tokenizer.json", "{}");
    assertFault(
        "TokenizerInvalid",
        () -> build(Builds.run(uri("out"), uri("t/"), Builds.source("x", b, null))));
    write("bad/bad.pdf", "no pdf");
    assertFault(
        "UnreadableSource",
        () ->
            build(
                Builds.run(
                    uri("out"), Builds.TOKENIZER, Builds.source("x", uri("bad") + "/", null))));
    assertThat(root.resolve("out/versions")).as("nothing was committed").doesNotExist();
  }

  @Test
  void stopsWhenAsked() throws IOException {
    var context = Builds.context(root.resolve("scratch"));
    context.stop().request();
    assertThatThrownBy(() -> Builds.of(store, context, 2).build(run, context))
        .isInstanceOf(StopSignal.Stopped.class);
  }

  private CorpusRun with(CorpusRun base, String uri, String text) throws IOException {
    write(uri.substring(uri("").length()) + "/x.txt", text);
    return Builds.run(base.output(), base.tokenizer(), Builds.source("x", uri + "/", Format.TEXT));
  }

  private void build(CorpusRun what) throws Exception {
    Builds.build(store, root.resolve("scratch"), 2, what);
  }

  private static void assertFault(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason().word()).as(fault.getMessage()).isEqualTo(reason);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
            });
  }

  private Map<String, String> digests(String folder) throws IOException {
    var digests = new TreeMap<String, String>();
    for (ObjectInfo object : store.list(StoreUri.parse(uri(folder)))) {
      digests.put(object.uri().toString(), Digests.sha256(store.read(object.uri())));
    }
    return digests;
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
