package dev.keizoku.corpus.spool;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.corpus.clean.MarkdownTables;
import dev.keizoku.corpus.read.file.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a document is called in every version: the sha256 of its source's name and of its own id in
 * the source, else of its URL, else of its text as it was read. So it outlives another place,
 * another order and another export. Output is sorted by it, so that threads leave no trace.
 *
 * @param a most significant part
 * @param b next
 * @param c next
 * @param d least significant part
 */
public record DocumentId(long a, long b, long c, long d) implements Comparable<DocumentId> {

  /** The name of a document as its reader found it. */
  public static DocumentId of(String source, Document document) {
    var name =
        !document.id().isEmpty()
            ? "id:" + document.id()
            : !document.url().isEmpty()
                ? "url:" + document.url()
                // What is no document has no text, only a place.
                : document.text().isEmpty()
                    ? "place:" + document.location()
                    : "text:" + MarkdownTables.withoutRules(document.text());
    var digest = Digests.sha256();
    for (var part : new String[] {source, name}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    var bytes = ByteBuffer.wrap(digest.digest());
    return new DocumentId(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** The name that was written so. */
  public static DocumentId parse(String hex) {
    var parts = new long[4];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Long.parseUnsignedLong(hex, 16 * i, 16 * (i + 1), 16);
    }
    return new DocumentId(parts[0], parts[1], parts[2], parts[3]);
  }

  @Override
  public int compareTo(DocumentId other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  /** 64 hex characters. */
  @Override
  public String toString() {
    var hex = HexFormat.of();
    return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
  }
}
