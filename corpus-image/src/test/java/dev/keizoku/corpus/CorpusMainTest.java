package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with its exit codes. */
class CorpusMainTest {
  @TempDir Path root;

  @Test
  void runsARunFileAndWritesTheFinalReport() throws IOException {
    var report = Files.createFile(root.resolve("termination-log"));
    var text = "銀行は、内閣総理大臣の免許を受けた者でなければ、営むことができない。";
    Files.writeString(Files.createDirectory(root.resolve("in")).resolve("a.txt"), text);
    var run = runFile("{minCharacters: 10}");
    assertThat(main(run, report)).isZero();
    assertThat(report).content().contains("\"reason\":\"Completed\"", "\"documents\":1");
    assertThat(root.resolve("scratch")).isEmptyDirectory();

    Files.writeString(root.resolve("in/b.txt"), text + "二つ目。");
    Files.writeString(root.resolve("in/c.txt"), "Not in this language. ".repeat(60));
    assertThat(main(runFile("{minCharacters: 1000}"), report)).isEqualTo(42);
    assertThat(report)
        .content()
        .contains(
            "No document is left of 3 (dropped: {notJapanese=1, tooShort=2}), most of them by"
                + " tooShort;",
            "\"reason\":\"NoDocumentsLeft\"");
  }

  private String runFile(String filters) throws IOException {
    var run = root.resolve("run.yaml");
    Files.writeString(
        run,
        """
        runUid: uid-1
        name: default/test
        storage: {}
        output: %1$s/out
        sources: [{name: s, uri: "%1$s/in/", licence: test}]
        filters: %2$s
        deduplication: {exact: true}
        tokenizer: %3$s
        heldOut: {fraction: 0, maxDocuments: 0}
        seed: 1
        """
            .formatted(StoreUri.of(root), filters, Builds.TOKENIZER));
    return run.toString();
  }

  private int main(String run, Path report) {
    var scratch = root.resolve("scratch").toString();
    return CorpusMain.run(
        Map.of(), run, "--port", "0", "--scratch", scratch, "--termination-log", report.toString());
  }

  @Test
  void whatTheUserGotWrongIs42() {
    assertThat(CorpusMain.run(Map.of(), "inspect", "s3://bucket/manifest.json")).isEqualTo(42);
    assertThat(CorpusMain.run(Map.of(), "--no-such-option")).isEqualTo(42);
    assertThat(CorpusMain.run(Map.of(), "inspect")).isEqualTo(42);
  }
}
