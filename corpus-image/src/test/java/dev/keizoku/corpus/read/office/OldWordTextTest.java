package dev.keizoku.corpus.read.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.RealFile;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.poi.hwpf.HWPFDocument;
import org.junit.jupiter.api.Test;

class OldWordTextTest {
  private static final String TEXT = "Test OLE file, saved as Word 97-2003 Document.";

  @Test
  void aDocumentOfWord97IsRead() throws IOException {
    var document = RealFile.read("word-97.doc", Format.AUTO).getFirst();
    assertThat(document.text()).isEqualTo(TEXT + "\n");
    assertThat(document.title()).isEqualTo("word-97");
  }

  /** Put into that document in memory, where POI loses as many characters at its end. */
  @Test
  void aTableIsItsRows() throws IOException {
    try (var in = Files.newInputStream(RealFile.path("word-97.doc"));
        var document = new HWPFDocument(in)) {
      var table = document.getRange().insertTableBefore((short) 3, 2);
      var cells = new String[][] {{"科目", "前期", "当期"}, {"売上", "", "△1,234"}};
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < 3; column++) {
          table.getRow(row).getCell(column).getParagraph(0).insertBefore(cells[row][column]);
        }
      }
      assertThat(OldWordText.of(document)).startsWith("科目\t前期\t当期\n売上\t\t△1,234\nTest OLE file");
    }
  }
}
