package dev.keizoku.corpus.read.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.Sources;
import dev.keizoku.corpus.read.RealFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeReaderTest {
  private static final String W =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

  @TempDir Path folder;

  private interface Made {
    void write(OutputStream out) throws IOException;
  }

  private Path file(String name, Made made) throws IOException {
    var file = folder.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      made.write(out);
    }
    return file;
  }

  private static String text(Path file) throws IOException {
    return RealFile.read(file, Format.AUTO, null).getFirst().text();
  }

  private static List<String> reasons(Path file) {
    try {
      return RealFile.find(file, Format.AUTO, null).reasons();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Word document with such a body. */
  private Path word(String body) throws IOException {
    return file(
        "a.docx",
        out -> {
          try (var zip = new ZipOutputStream(out);
              var empty = new XWPFDocument()) {
            var whole = new ByteArrayOutputStream();
            empty.createStyles();
            empty.write(whole);
            copyBut(whole.toByteArray(), "word/document.xml", zip);
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(
                "<w:document %s><w:body>%s</w:body></w:document>".formatted(W, body).getBytes());
          }
        });
  }

  private static void copyBut(byte[] from, String left, ZipOutputStream to) throws IOException {
    try (var in = new ZipInputStream(new ByteArrayInputStream(from))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(left)) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(to);
        }
      }
    }
  }

  private static String p(String text) {
    return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
  }

  @Test
  void wordKeepsTextTablesAndRubyAndLeavesOutWhatIsDeletedOrHidden() throws IOException {
    var ruby =
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>きんり</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>金利"
            + "</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>が上がる。</w:t></w:r></w:p>";
    var changed =
        "<w:p><w:r><w:t>配当は</w:t></w:r><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>10円"
            + "</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>△12.5円"
            + "</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r></w:p>";
    var table =
        "<w:tbl>"
            + "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>%s</w:tc>"
                .formatted(p("科目"))
            + "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>%s</w:tc></w:tr>".formatted(p("当期"))
            + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>%s</w:tc><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr>"
                .formatted(p(""), p("金額"), p("比率"))
            + "<w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr></w:tbl>"
                .formatted(p("売上"), p(""), p("1.5") + p("％"));
    assertThat(text(word(p("概況") + ruby + changed + table)))
        .isEqualTo("概況\n金利が上がる。\n配当は△12.5円\n科目\t当期\n\t金額\t比率\n売上\t\t1.5 ％\n");
    var head = "<w:tr><w:trPr><w:tblHeader/></w:trPr>";
    assertThat(text(word(table.replaceFirst("<w:tr>", head))))
        .as("a row that is repeated on every page")
        .startsWith("科目\t当期\n---\t---\t---\n\t金額\t比率\n");
  }

  @Test
  void readingsStayWhereTheSourceSaysSo() throws IOException {
    var ruby =
        "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>きんり</w:t></w:r></w:rt><w:rubyBase><w:r>"
            + "<w:t>金利</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>が上がる。</w:t></w:r></w:p>";
    var keeping = Sources.with(Sources.of("test", "file:///x/", Format.OFFICE), "keepRuby", true);
    assertThat(RealFile.find(word(ruby), keeping).documents().getFirst().text())
        .isEqualTo("金利（きんり）が上がる。\n");
  }

  @Test
  void aCellWithoutItsPlaceIsTheNextOneAlsoBehindAnEmptyOne() {
    var rows = new SheetRows(100);
    for (var cells : List.of(List.of("科目", "前期", "当期"), List.of("売上", "", "12"))) {
      rows.startRow(0);
      cells.forEach(cell -> rows.cell(null, cell, null));
      rows.endRow(0);
    }
    var out = new StringBuilder();
    rows.appendTo(out, "表");
    assertThat(out).hasToString("# 表\n科目\t前期\t当期\n売上\t\t12\n");
  }

  @Test
  void wordHasHeadingsAndTheNumbersOfLists() throws IOException {
    var file =
        file(
            "list.docx",
            out -> {
              try (var word = new XWPFDocument()) {
                WordSamples.headingsAndLists(word);
                word.write(out);
              }
            });
    assertThat(text(file))
        .isEqualTo("# 定款\n## 総則\n第1条 当会社は銀行業を営む。\n第2条 本店を東京都に置く。\n- 附則\n第3条 公告する。\n");
    var document = RealFile.read(file, Format.AUTO, null).getFirst();
    assertThat(document.title()).isEqualTo("定款のひな形");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cellsAreShownAsExcelShowsThem(boolean old) throws IOException {
    var file =
        file(
            old ? "b.xls" : "b.xlsx",
            out -> {
              try (Workbook book = old ? new HSSFWorkbook() : new XSSFWorkbook()) {
                SheetSamples.numbers(book);
                book.write(out);
              }
            });
    assertThat(text(file))
        .isEqualTo(
            """
            # 決算
            科目\t当期\t前期
            売上高\t1,234\t△567
            利益率\t12.5%
            日付\t2024/3/31\t令和6年3月31日
            基準日\tR6.3.31\t2024年3月
            合計\t\t667
            コード\t0012\tTRUE
            金額\t¥1,000\t-1.5
            """);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slidesAreTitlesTextAndTables(boolean old) throws IOException {
    var file =
        file(
            old ? "c.ppt" : "c.pptx",
            out -> {
              try (SlideShow<?, ?> show = old ? new HSLFSlideShow() : new XMLSlideShow()) {
                var slide = show.createSlide();
                var title = slide.createTextBox();
                title.setPlaceholder(Placeholder.TITLE);
                title.setText("決算説明会");
                slide.createTextBox().setText("売上高は△3.2％でした。");
                var table = slide.createTable(2, 3);
                table.getCell(0, 0).setText("科目");
                table.getCell(0, 1).setText("前期");
                table.getCell(0, 2).setText("当期");
                table.getCell(1, 0).setText("営業利益");
                table.getCell(1, 2).setText("1,234");
                show.write(out);
              }
            });
    assertThat(text(file)).isEqualTo("# 決算説明会\n売上高は△3.2％でした。\n科目\t前期\t当期\n営業利益\t\t1,234\n");
  }

  @Test
  void whatCannotBeReadIsAReject() throws IOException {
    var encrypted =
        file(
            "locked.xlsx",
            out -> {
              try (var files = new POIFSFileSystem()) {
                var lock = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
                lock.confirmPassword("secret");
                try (var in = lock.getDataStream(files);
                    var book = new XSSFWorkbook()) {
                  book.createSheet("a");
                  book.write(in);
                } catch (GeneralSecurityException e) {
                  throw new IOException(e);
                }
                files.writeFilesystem(out);
              }
            });
    var bomb =
        file(
            "bomb.docx",
            out -> {
              try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("word/document.xml"));
                var zeros = new byte[1 << 20];
                for (int i = 0; i < 40; i++) {
                  zip.write(zeros);
                }
              }
            });
    var page = file("page.docx", out -> out.write("<html>Word からの手紙</html>".getBytes()));
    var empty = word("");
    assertThat(reasons(empty)).containsExactly("a.docx noText");
    var whole = Files.readAllBytes(word(p("本文")));
    var cut = file("cut.docx", out -> out.write(whole, 0, 700));
    var old =
        file(
            "old.docx",
            out -> {
              try (var files = new POIFSFileSystem()) {
                files.createDocument(new ByteArrayInputStream(new byte[5000]), "WordDocument");
                files.writeFilesystem(out);
              }
            });
    assertThat(List.of(encrypted, bomb, page, cut, old))
        .extracting(OfficeReaderTest::reasons)
        .containsExactly(
            List.of("locked.xlsx encrypted"),
            List.of("bomb.docx tooLarge"),
            List.of("page.docx wrongFormat"),
            List.of("cut.docx wrongFormat"),
            List.of("old.docx wrongFormat"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234567.891 | 4 | #,##0.00 | 1,234,567.89",
        "-1234 | 176 | #,##0;\"△ \"#,##0 | △ 1,234",
        "-1234 | 176 | #,##0;△#,##0 | △1,234",
        "-1234 | 176 | #,##0_);[Red]\\(#,##0\\) | (1,234)",
        "-0.0325 | 176 | 0.0%;▲0.0% | ▲3.3%",
        "0 | 176 | #,##0;-#,##0;\"-\" | -",
        "1234000 | 176 | #,##0,\"千円\" | 1,234千円",
        "45382 | 31 | | 2024年3月31日",
        "43585 | 58 | | 平成31年4月30日",
        "43586 | 58 | | 令和1年5月1日",
        "45382 | 176 | [$-411]ggge\"年度\" | 令和6年度",
        "45382 | 176 | ee\"年\" | 06年",
        "45382 | 176 | yyyy/mm/dd;@ | 2024/03/31",
        "45382 | 176 | m\"月\"d\"日\"(aaa) | 3月31日(日)",
        "45382.75 | 176 | yyyy\"年\"m\"月\"d\"日\" h\"時\"mm\"分\" | 2024年3月31日 18時00分",
        "45382.75 | 22 | | 2024/3/31 18:00",
        "0.51 | 18 | h:mm AM/PM | 12:14 午後",
        "0.51 | 45 | mm:ss | 14:24",
        "1.5 | 46 | [h]:mm:ss | 36:00:00",
        "1234567890 | 176 | #,##0.0,,\"百万円\" | 1,234.6百万円",
        "-1234 | 38 | #,##0;[Red]-#,##0 | -1,234",
        "1234.5 | 41 | _ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ | 1,235",
        "0.5 | 12 | # ?/? | 1/2",
        "1.5E10 | 11 | 0.00E+00 | 1.50E+10",
        "0.1 | 0 | General | 0.1",
        "12345678901 | 0 | General | 12345678901",
      })
  void aNumberIsShownByItsFormat(double value, int index, String format, String shown) {
    assertThat(
            new CellFormats(false)
                .formatRawCellContents(value, index, CellFormats.japanese(index, format))
                .strip())
        .isEqualTo(shown);
  }
}
