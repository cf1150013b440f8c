package dev.keizoku.corpus.read.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** How a single file is packed, by the end of its name; each may have several members in a row. */
public enum Packing {
  /** {@code .gz}. */
  GZIP("gzip", ".gz", ".tgz"),
  /** {@code .bz2}. */
  BZIP2("bzip2", ".bz2", ".tbz2"),
  /** {@code .xz}. */
  XZ("xz", ".xz", ".txz"),
  /** {@code .zst}. */
  ZSTD("zstd", ".zst", ".zstd", ".tzst");

  private static final int BUFFER_BYTES = 1 << 16;

  /** {@code xz -9} needs 65 MiB. */
  private static final int XZ_MEMORY_KIB = 160 << 10;

  private final String word;
  private final List<String> extensions;

  Packing(String word, String... extensions) {
    this.word = word;
    this.extensions = List.of(extensions);
  }

  /** The packing that a name ends in. */
  public static Optional<Packing> of(String name) {
    return Arrays.stream(values()).filter(packing -> packing.extension(name) != null).findFirst();
  }

  /**
   * The name of what is packed: {@code a.csv} of {@code a.csv.gz}, {@code a.tar} of {@code a.tgz}.
   */
  public static String unpackedName(String name) {
    var extension = of(name).map(packing -> packing.extension(name)).orElse("");
    var stem = name.substring(0, name.length() - extension.length());
    return extension.startsWith(".t") ? stem + ".tar" : stem;
  }

  private String extension(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return extensions.stream().filter(lower::endsWith).findFirst().orElse(null);
  }

  /**
   * The bytes that are packed.
   *
   * @throws UnreadableFileException when the first bytes are of no such packing
   */
  public InputStream unpack(InputStream stored) throws IOException {
    var packed = new PushbackInputStream(stored);
    int first = packed.read();
    if (first < 0) {
      throw new UnreadableFileException(RejectReason.DAMAGED, "it is empty, not " + word);
    }
    packed.unread(first);
    try {
      return switch (this) {
        case GZIP -> new GZIPInputStream(packed, BUFFER_BYTES);
        case BZIP2 -> new Bzip2Streams(packed);
        case XZ -> new XZInputStream(packed, XZ_MEMORY_KIB);
        case ZSTD -> new ZstdInputStreamNoFinalizer(packed);
      };
    } catch (MemoryLimitException e) {
      throw new UnreadableFileException(
          RejectReason.TOO_LARGE,
          "it needs more than 160 MiB to unpack; pack it with xz -9 or less",
          e);
    } catch (IOException | RuntimeException e) {
      throw UnreadableFileException.of(
          e, RejectReason.DAMAGED, "it is not %s: %s".formatted(word, e.getMessage()));
    }
  }
}
