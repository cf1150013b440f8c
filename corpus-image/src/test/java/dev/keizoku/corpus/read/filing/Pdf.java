package dev.keizoku.corpus.read.filing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A PDF of one page in Japanese, by a font that is not embedded. */
final class Pdf {
  private static final Charset CP932 = Charset.forName("windows-31j");

  private Pdf() {}

  /** The bytes of a page with these lines. */
  static byte[] of(String... lines) {
    var content = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      content
          .append("BT /F1 12 Tf 72 ")
          .append(760 - 30 * i)
          .append(" Td <")
          .append(HexFormat.of().formatHex(lines[i].getBytes(CP932)))
          .append("> Tj ET\n");
    }
    return file(
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream",
            "<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /90ms-RKSJ-H"
                + " /DescendantFonts [6 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo"
                + " << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>"
                + " /FontDescriptor 7 0 R /DW 1000 >>",
            "<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 4 /FontBBox [0 -137 1000 859]"
                + " /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 709 /StemV 80 >>"));
  }

  private static byte[] file(List<String> objects) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(ascii("%PDF-1.5\n"));
    var offsets = new ArrayList<Integer>();
    for (int i = 0; i < objects.size(); i++) {
      offsets.add(out.size());
      out.writeBytes(ascii((i + 1) + " 0 obj\n" + objects.get(i) + "\nendobj\n"));
    }
    int start = out.size();
    out.writeBytes(ascii("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n"));
    offsets.forEach(offset -> out.writeBytes(ascii("%010d 00000 n \n".formatted(offset))));
    out.writeBytes(
        ascii(
            "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                .formatted(objects.size() + 1, start)));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
