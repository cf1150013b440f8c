package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user may get wrong, through the program: exit 42, and a sentence that says what to do. */
class BadInputTest {
  private static final String TEXT = "銀行は、内閣総理大臣の免許を受けた者でなければ、営むことができない。";

  @TempDir Path root;

  @BeforeEach
  void sources() throws IOException {
    write("texts/a.txt", TEXT.getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(root.resolve("empty"));
    // The first and last four bytes of a Parquet file, and nothing of one between them.
    write("lies/a.parquet", "PAR1これは表ではないPAR1".getBytes(StandardCharsets.UTF_8));
    write("lies/b.txt.gz", TEXT.getBytes(StandardCharsets.UTF_8));
    write("lies/c.zip", "PK\3\4これは書庫ではない".getBytes(StandardCharsets.UTF_8));
    var page = "<html><head><meta charset=%s></head><body><p>%s</p></body></html>";
    write("pages/utf8.html", page.formatted("Shift_JIS", TEXT).getBytes(StandardCharsets.UTF_8));
    write(
        "pages/sjis.html",
        page.formatted("UTF-8", TEXT + "二。").getBytes(Charset.forName("Shift_JIS")));
  }

  private void write(String path, byte[] bytes) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private String run(int exit, String uri, String settings) throws IOException {
    var run = root.resolve("run.yaml");
    Files.writeString(
        run,
        """
        output: %1$s/out
        sources: [{name: s, uri: "%1$s/%2$s", licence: test%3$s}]
        tokenizer: %4$s
        """
            .formatted(StoreUri.of(root), uri, settings, Builds.TOKENIZER));
    var report = root.resolve("termination-log");
    Files.deleteIfExists(report);
    Files.createFile(report);
    var scratch = root.resolve("scratch").toString();
    assertThat(
            CorpusMain.run(
                Map.of(),
                run.toString(),
                "--port",
                "0",
                "--scratch",
                scratch,
                "--termination-log",
                report.toString()))
        .as(Files.readString(report))
        .isEqualTo(exit);
    return Files.readString(report).replace("\\\"", "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "texts/|, rules: {minCharakters: 5}|there is no such field (did you mean minCharacters?)",
        "texts/|, rules: {repetition: {maxTop2GramShar: 1}}|did you mean maxTop2GramShare?",
        "texts/|, recipe: laws|supported values: 'disclosure', 'report', 'speech', 'news', 'web'",
        "texts/|, rules: {minJapaneseRatio: 1.5}|minJapaneseRatio",
        "texts/|, encoding: sjiss|'sjiss' is not the name of an encoding; correct sources[].encoding",
        "texts/|, encoding: us-ascii|it is not us-ascii; correct sources[].encoding",
        "empty/||Source 's' has no files: nothing at",
        "none.txt||upload it or correct the source",
        "texts||upload it or correct the source (the URI of a folder ends in /).",
        "lies/||maxRejectShare",
        "texts/|, rules: {minCharacters: 999}|most of them by tooShort; loosen filters or correct",
      })
  void isToldWithWhatToDo(String uri, String settings, String sentence) throws IOException {
    assertThat(run(42, uri, settings == null ? "" : settings)).contains(sentence);
  }

  @Test
  void aPageWhoseHeaderLiesIsReadAsItIs() throws IOException {
    assertThat(run(0, "pages/", ", rules: {minCharacters: 20}"))
        .contains("1 documents and", "1 documents held out.");
  }
}
