package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.UnsupportedZipFeatureException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The entries of a zip archive, in the order of their names. */
final class ZipEntries implements AutoCloseable {
  private static final Charset OLD_WINDOWS = Charset.forName("windows-31j");

  /**
   * A file in the archive.
   *
   * @param name with {@code /} between folders
   */
  record Entry(String name, ZipArchiveEntry stored) {
    long packedBytes() {
      return stored.getCompressedSize();
    }

    /** Stored bytes for each byte that it unpacks to, as it says itself. */
    double ratio() {
      return stored.getSize() <= 0 ? 1 : (double) packedBytes() / stored.getSize();
    }
  }

  private final ZipFile zip;

  private ZipEntries(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens an archive.
   *
   * @throws UnreadableFileException when it is none, or has too many entries
   */
  static ZipEntries open(Path local) throws UnreadableFileException {
    try {
      return new ZipEntries(ZipFile.builder().setPath(local).get());
    } catch (IOException | RuntimeException e) {
      throw UnreadableFileException.of(
          e, RejectReason.DAMAGED, "it is not a zip archive: " + e.getMessage());
    }
  }

  List<Entry> entries() throws UnreadableFileException {
    var all = Collections.list(zip.getEntries());
    if (all.size() > ArchiveKind.MAX_ENTRIES) {
      throw ArchiveKind.tooManyEntries();
    }
    return all.stream()
        .map(entry -> new Entry(name(entry), entry))
        .filter(entry -> !entry.stored.isDirectory() && !ArchiveKind.isHidden(entry.name))
        .sorted(Comparator.comparing(Entry::name))
        .toList();
  }

  /**
   * A name is UTF-8, or Shift_JIS where an older Windows wrote it; tools of Windows put backslashes
   * between folders.
   */
  private static String name(ZipArchiveEntry entry) {
    var raw = entry.getRawName();
    if (raw == null) {
      return entry.getName().replace('\\', '/');
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(raw))
          .toString()
          .replace('\\', '/');
    } catch (CharacterCodingException e) {
      return new String(raw, OLD_WINDOWS).replace('\\', '/');
    }
  }

  /**
   * The bytes of an entry, unpacked.
   *
   * @throws UnreadableFileException when it leads out of the archive, needs a password, or is
   *     packed in a way that is not known
   */
  InputStream open(Entry entry) throws IOException {
    ArchiveKind.requireWithin(entry.name);
    if (entry.stored.getGeneralPurposeBit().usesEncryption()) {
      throw new UnreadableFileException(
          RejectReason.ENCRYPTED, "it is encrypted; store it without a password");
    }
    try {
      return zip.getInputStream(entry.stored);
    } catch (UnsupportedZipFeatureException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT,
          "it is packed by a method that is not read: " + e.getMessage(),
          e);
    } catch (IOException | RuntimeException e) {
      throw Damage.of(e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
