package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.StoreUri;
import dev.keizoku.testing.CommandLineContract;
import dev.keizoku.testing.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The corpus program's command line, as processes. */
class CommandLineTest extends CommandLineContract {
  private static final String MAIN = "dev.keizoku.corpus.CorpusMain";

  CommandLineTest() {
    super("corpus", MAIN);
  }

  @Override
  protected String runFile() throws IOException {
    var sources = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < 1200; i++) {
      Files.writeString(sources.resolve(i + ".txt"), "第%d期の売上高は、前年同期を上回りました。".formatted(i));
    }
    return """
        runUid: uid-1
        name: default/test
        storage: {}
        output: %1$s/out
        sources: [{name: s, uri: "%1$s/in/", licence: test}]
        filters: {minCharacters: 10}
        deduplication: {exact: true}
        tokenizer: %2$s
        heldOut: {fraction: 0, maxDocuments: 0}
        seed: 1
        """
        .formatted(StoreUri.of(folder), Builds.TOKENIZER);
  }

  @Override
  protected Misspelt misspelt() {
    return new Misspelt("tokenizer", "tokeniser");
  }

  @Override
  protected String subcommand() {
    return "inspect";
  }

  @Test
  void numbersAreTheSameUnderAGermanLocale() throws Exception {
    var file = Files.writeString(folder.resolve("german.yaml"), runFile()).toString();
    var german =
        ProgramProcess.asInItsImage("corpus", MAIN).with("-Duser.language=de", "-Duser.country=DE");
    var end = german.run(file, "--port=0");
    assertThat(end.exitCode()).as(end.err()).isZero();
    assertThat(end.err()).as("no noise").doesNotContain("WARNING", "incubator", "\u001b", "\tat ");
    assertThat(end.err()).contains("1,200 documents and ").doesNotContain("1.200");
    try (var versions = Files.list(folder.resolve("out/versions"))) {
      var version = versions.findFirst().orElseThrow();
      assertThat(version.resolve("report.html")).content().contains("1,200");
      var inspected =
          german.run("inspect", StoreUri.of(version.resolve("manifest.json")).toString());
      assertThat(inspected.out()).contains("1,200 documents, ", "all there");
    }
  }
}
