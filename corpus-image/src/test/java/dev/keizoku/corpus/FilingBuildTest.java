package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.corpus.read.filing.FilingFolder;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of every kind of filing, to its files. */
class FilingBuildTest {
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @Test
  void givesTheSameBytesWithOneThreadAndWithFour() throws Exception {
    new FilingFolder(root.resolve("in"))
        .zip("S100X001.zip", "half-year")
        .zip("S100X002.zip", "half-year-amended")
        .zip("S100X003.zip", "quarterly")
        .zip("S100X004.zip", "extraordinary")
        .zip("S100X005.zip", "large-holding")
        .zip("S100X006.zip", "facts")
        .zip("S100X007.zip", "statements")
        .zip("081220240207399010.zip", "tdnet")
        .put("documents.json", "{\"results\":[]}".getBytes(StandardCharsets.UTF_8));
    var filings =
        Sources.with(
            Sources.of("filings", StoreUri.of(root.resolve("in")) + "/", Format.EDINET),
            "filings",
            new Filings(true, null, null));
    var out = StoreUri.of(root.resolve("out")).toString();
    var run = Builds.run(out, Builds.TOKENIZER, filings);
    var one = Builds.build(store, root.resolve("scratch"), 1, run);
    var files = digests(out + "/versions");
    store.deleteFolder(StoreUri.parse(out));
    var four = Builds.build(store, root.resolve("scratch"), 4, run);
    assertThat(four).isEqualTo(one);
    assertThat(digests(out + "/versions")).isEqualTo(files);

    assertThat(one.corpus().rejected()).isNull();
    assertThat(one.corpus().dropped())
        .containsEntry("otherForm", 1L)
        .containsEntry("amended", 1L)
        .containsEntry("coverPage", 5L)
        .containsEntry("auditReport", 2L);
    var table = root.resolve("out/versions/" + one.corpus().version() + "/documents");
    assertThat(table.resolve("train-00000.parquet"))
        .content(StandardCharsets.UTF_8)
        .contains("\"company\":\"架空製作所株式会社\"", "\"parentDocument\":\"S100X001\"");
  }

  private Map<String, String> digests(String folder) throws IOException {
    var digests = new TreeMap<String, String>();
    for (ObjectInfo object : store.list(StoreUri.parse(folder))) {
      digests.put(object.uri().toString(), Digests.sha256(store.read(object.uri())));
    }
    return digests;
  }
}
