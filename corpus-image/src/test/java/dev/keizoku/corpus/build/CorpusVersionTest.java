package dev.keizoku.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorpusVersionTest {
  private static final Path RESOURCES = Path.of("src/main/resources");

  /** Another table gives other texts or other verdicts under the same recipe. */
  @Test
  void everyTableThatDecidesOfTextsIsInTheNameOfAVersion() throws IOException {
    var tables = new TreeMap<String, String>();
    try (var files = Files.walk(RESOURCES)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var path = "/" + RESOURCES.relativize(file);
        if (!path.startsWith("/report/")) {
          tables.put(path, Digests.sha256(file));
        }
      }
    }
    assertThat(CorpusVersion.program().tables()).isEqualTo(tables).isNotEmpty();
  }
}
