package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of archives, dumps and tables that the formats' own tools made. */
class FormatsBuildTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @BeforeEach
  void inputs() throws IOException {
    Files.createDirectories(root.resolve("in"));
    var names =
        List.of(
            "nested.zip",
            "filings.tar.zst",
            "members.jsonl.xz",
            "crawl.warc.gz",
            "jawiki.xml.bz2",
            "binary.parquet");
    for (var name : names) {
      Files.copy(FORMATS.resolve(name), root.resolve("in").resolve(name));
    }
  }

  private FinalReport build(int threads) throws Exception {
    var uri = StoreUri.of(root.resolve("in")) + "/";
    var source = Sources.with(Sources.of("all", uri, Format.AUTO), "titleInText", true);
    var out = StoreUri.of(root.resolve("out")).toString();
    var run = Builds.run(out, Builds.TOKENIZER, source);
    var unfiltered = Builds.changed(run, Map.of("filters", new Filters(0, null, 0.0)));
    return Builds.build(store, root.resolve("scratch"), threads, unfiltered);
  }

  private Map<Path, String> digests() throws IOException {
    var digests = new TreeMap<Path, String>();
    try (var files = Files.walk(root.resolve("out/versions"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        digests.put(root.relativize(file), Digests.sha256(file));
      }
    }
    return digests;
  }

  @Test
  void givesTheSameBytesWithOneThreadAndWithFour() throws Exception {
    var one = build(1);
    var files = digests();
    store.deleteFolder(StoreUri.of(root.resolve("out")));
    assertThat(build(4)).isEqualTo(one);
    assertThat(digests()).isEqualTo(files).hasSizeGreaterThan(5);
    assertThat(one.corpus().rejected()).isNull();
    assertThat(one.corpus().leftOut()).isNull();
    assertThat(one.corpus().dropped()).containsEntry("notAPage", 2L);
  }

  @Test
  void aTextBeginsWithItsTitleOnceWhereTheSourceSaysSo() throws Exception {
    var report = build(2);
    var corpus =
        CorpusReader.open(
            store, StoreUri.parse(report.artifact().uri()), report.artifact().sha256());
    var texts = new TreeMap<String, String>();
    try (var tokenizer = Tokenizers.load(Builds.QUICKSTART.resolve("tokenizer"));
        var train = corpus.train(root.resolve("fetched"))) {
      for (int i = 0; i < train.documents(); i++) {
        var ids = train.document(i);
        var text = tokenizer.decode(Arrays.copyOf(ids, ids.length - 1));
        texts.put(text.lines().findFirst().orElseThrow(), text);
      }
    }
    assertThat(texts).containsKey("お知らせ");
    assertThat(texts.get("お知らせ")).isEqualTo("お知らせ\n当社は配当を据え置きます。①");
    assertThat(texts.keySet())
        .as("an article that begins with its name has it once")
        .anyMatch(line -> line.startsWith("日本銀行は日本の"));
  }
}
