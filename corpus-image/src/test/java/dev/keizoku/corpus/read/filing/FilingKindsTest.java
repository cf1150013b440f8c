package dev.keizoku.corpus.read.filing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Filings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of filing as its zip comes, hand-made, against a text that was read by eye. */
class FilingKindsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/filings");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarterly",
        "half-year",
        "extraordinary",
        "large-holding",
        "facts",
        "statements",
        "tdnet"
      })
  void isReadAsItsGoldenFileSays(String kind) throws IOException {
    new FilingFolder(folder).zip("S100X001.zip", kind);
    var told = new FilingFolder(folder).read(Format.EDINET, new Filings(true, null, null)).told();
    assertThat(told).isEqualTo(Files.readString(GOLDEN.resolve(kind + ".txt")));
  }
}
