package dev.keizoku.corpus.read;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A PDF in Japanese, by fonts that are not embedded: whose place each text has is said. */
public final class Pdf {
  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final int HEIGHT = 842;

  private final List<StringBuilder> pages = new ArrayList<>();

  /** The bytes of a page with these lines. */
  public static byte[] of(String... lines) {
    var pdf = new Pdf().page();
    for (int i = 0; i < lines.length; i++) {
      pdf.across(72, 82 + 30 * i, 12, lines[i]);
    }
    return pdf.bytes();
  }

  /** Begins a page of A4. */
  public Pdf page() {
    pages.add(new StringBuilder());
    return this;
  }

  /** Writes from left to right; half-width characters are half as wide. */
  public Pdf across(double left, double base, double size, String text) {
    return show("/F1", left, base, size, text);
  }

  /** Writes downwards, {@code middle} being the line's axis. */
  public Pdf down(double middle, double top, double size, String text) {
    return show("/F2", middle, top, size, text);
  }

  private Pdf show(String font, double x, double y, double size, String text) {
    pages
        .getLast()
        .append("BT %s %.1f Tf %.1f %.1f Td <".formatted(font, size, x, HEIGHT - y))
        .append(HexFormat.of().formatHex(text.getBytes(CP932)))
        .append("> Tj ET\n");
    return this;
  }

  /** The file. */
  public byte[] bytes() {
    var kids = new StringBuilder();
    var objects = new ArrayList<String>();
    objects.add("<< /Type /Catalog /Pages 2 0 R >>");
    objects.add("");
    objects.add(font("H"));
    objects.add(font("V"));
    objects.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo"
            + " << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>"
            + " /FontDescriptor 6 0 R /DW 1000 /W [231 632 500] >>");
    objects.add(
        "<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 4 /FontBBox [0 -137 1000 859]"
            + " /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 709 /StemV 80 >>");
    for (var page : pages) {
      int number = objects.size() + 1;
      kids.append(number).append(" 0 R ");
      objects.add(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
              .formatted(number + 1));
      objects.add("<< /Length " + page.length() + " >>\nstream\n" + page + "\nendstream");
    }
    objects.set(1, "<< /Type /Pages /Kids [" + kids + "] /Count " + pages.size() + " >>");
    return file(objects);
  }

  private static String font(String direction) {
    return "<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /90ms-RKSJ-%s /DescendantFonts [5 0 R] >>"
        .formatted(direction);
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
