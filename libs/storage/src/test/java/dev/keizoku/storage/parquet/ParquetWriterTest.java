package dev.keizoku.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written, read back by an independent reader. */
class ParquetWriterTest {
  private static final List<ParquetColumn> COLUMNS =
      List.of(ParquetColumn.string("title"), ParquetColumn.int64("tokens"));

  @Test
  void anotherReaderSeesTheRows() throws IOException {
    var rows = read(write(List.of(row("銀行法", 12L), row("", -1L), row("😀", 1L << 40))));
    assertThat(rows).containsExactly("銀行法=12", "=-1", "😀=1099511627776");
  }

  @Test
  void writesSeveralRowGroups() throws IOException {
    var rows = new ArrayList<Object[]>();
    var large = "あ".repeat(1 << 20);
    for (long i = 0; i < 13; i++) {
      rows.add(row(i + large, i));
    }
    var file = write(rows);
    try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)))) {
      assertThat(reader.getFileMetaData().rowGroups()).hasSizeGreaterThan(1);
    }
    assertThat(read(file)).hasSize(13).last().asString().endsWith("=12");
  }

  @Test
  void anEmptyTableIsAFileWithoutRows() throws IOException {
    assertThat(read(write(List.of()))).isEmpty();
  }

  @Test
  void equalRowsAreEqualBytes() throws IOException {
    var rows = List.<Object[]>of(row("a", 1L), row("b", 2L));
    assertThat(write(rows)).isEqualTo(write(rows));
  }

  private static Object[] row(String title, long tokens) {
    return new Object[] {title, tokens};
  }

  private static byte[] write(List<Object[]> rows) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new ParquetWriter(out, COLUMNS);
    for (var row : rows) {
      writer.add(row);
    }
    writer.finish();
    assertThat(writer.bytes()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static List<String> read(byte[] file) throws IOException {
    var rows = new ArrayList<String>();
    try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)));
        var row = reader.rowReader()) {
      while (row.hasNext()) {
        row.next();
        rows.add(row.getString("title") + "=" + row.getLong("tokens"));
      }
    }
    return rows;
  }
}
