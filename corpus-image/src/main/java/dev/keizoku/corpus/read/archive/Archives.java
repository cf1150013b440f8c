package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks into {@code .zip} and {@code .gz}; anything else is itself. Nothing is unpacked to disk. An
 * entry whose name leads out of its archive is unreadable, and so is what unpacks to far more than
 * it is.
 */
public final class Archives {
  private static final int MAX_ENTRIES = 200_000;
  private static final long MAX_UNPACKED_BYTES = 64L << 30;

  /** Text packs about 5 to 1, repetitive HTML 15 to 1, a bomb 1,000 to 1. */
  private static final long MAX_RATIO = 200;

  private static final long FREE_BYTES = 16 << 20;

  /** Takes the files one by one. */
  @FunctionalInterface
  public interface Visitor {
    void visit(RawFile file) throws IOException;
  }

  private Archives() {}

  /** Whether a path is that of an archive with paths inside. */
  public static boolean isZip(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /**
   * Visits a file, or the entries of an archive one by one.
   *
   * @throws UnreadableFileException for an archive that has no entries to visit; what is wrong with
   *     one of them is thrown when it is opened
   */
  public static void open(InputFile input, Visitor visitor) throws IOException {
    var path = input.path();
    if (!isZip(path)) {
      var budget = RawFile.isGzip(path) ? new Budget(input.bytes()) : null;
      visitor.visit(
          new Member(path, input.bytes(), budget, () -> Files.newInputStream(input.local())));
      return;
    }
    try (var zip = zip(input.local())) {
      open(zip, input, visitor);
    } catch (ZipException e) {
      throw new UnreadableFileException(
          RejectReason.DAMAGED, "it is not a zip archive: " + e.getMessage(), e);
    }
  }

  /** Names are UTF-8, or Shift_JIS in archives made by older Windows. */
  private static ZipFile zip(Path local) throws IOException {
    try {
      return new ZipFile(local.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return new ZipFile(local.toFile(), Charset.forName("windows-31j"));
    }
  }

  private static void open(ZipFile zip, InputFile input, Visitor visitor) throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw new UnreadableFileException(
          RejectReason.UNSAFE_ARCHIVE, "it has more than " + MAX_ENTRIES + " entries");
    }
    var budget = new Budget(input.bytes());
    for (var entry : entries(zip)) {
      var name = name(entry);
      visitor.visit(
          new Member(
              input.path() + "!" + name,
              entry.getCompressedSize(),
              budget,
              () -> open(zip, entry, name)));
    }
  }

  private static InputStream open(ZipFile zip, ZipEntry entry, String name) throws IOException {
    if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
      throw new UnreadableFileException(
          RejectReason.UNSAFE_ARCHIVE, "its name leads out of the archive");
    }
    if (isZip(name)) {
      throw new UnreadableFileException(
          RejectReason.NESTED_ARCHIVE, "it is an archive in an archive; store it by itself");
    }
    return zip.getInputStream(entry);
  }

  private static List<? extends ZipEntry> entries(ZipFile zip) {
    return zip.stream()
        .filter(entry -> !entry.isDirectory() && !isHidden(name(entry)))
        .sorted(Comparator.comparing(Archives::name))
        .toList();
  }

  /** Tools of Windows put backslashes between folders. */
  private static String name(ZipEntry entry) {
    return entry.getName().replace('\\', '/');
  }

  private static boolean isHidden(String name) {
    var parts = List.of(name.split("/"));
    return name.endsWith("/")
        || name.startsWith("__MACOSX/")
        || parts.stream().anyMatch(part -> part.startsWith(".") && !part.equals(".."));
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  /** A file within its archive's budget, or within none when it is not packed. */
  private record Member(String location, long packedBytes, Budget budget, Opener opener)
      implements RawFile {
    @Override
    public InputStream open() throws IOException {
      try {
        var stored = budget == null ? opener.open() : new LimitedStream(opener.open(), budget);
        return new BufferedInputStream(RawFile.isGzip(location) ? gunzip(stored) : stored, 1 << 16);
      } catch (ZipException e) {
        throw damaged(e);
      }
    }

    private InputStream gunzip(InputStream packed) throws IOException {
      try {
        return new LimitedStream(new GZIPInputStream(packed, 1 << 16), budget);
      } catch (EOFException e) {
        throw new UnreadableFileException(RejectReason.DAMAGED, "it is empty, not gzip", e);
      } catch (ZipException e) {
        throw new UnreadableFileException(
            RejectReason.DAMAGED, "it is not gzip: " + e.getMessage(), e);
      }
    }
  }

  private static UnreadableFileException damaged(IOException e) {
    return new UnreadableFileException(RejectReason.DAMAGED, "it is damaged: " + e.getMessage(), e);
  }

  /** What an archive may still unpack to, counted as it unpacks: its own figures may lie. */
  private static final class Budget {
    private long left;

    Budget(long packedBytes) {
      left = Math.min(MAX_UNPACKED_BYTES, FREE_BYTES + MAX_RATIO * packedBytes);
    }

    synchronized void take(long bytes) throws UnreadableFileException {
      left -= bytes;
      if (left < 0) {
        throw new UnreadableFileException(
            RejectReason.UNSAFE_ARCHIVE,
            "it unpacks to more than " + MAX_RATIO + " times its size; it is no honest archive");
      }
    }
  }

  private static final class LimitedStream extends FilterInputStream {
    private final Budget budget;

    LimitedStream(InputStream in, Budget budget) {
      super(in);
      this.budget = budget;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int n = super.read(buffer, offset, length);
        budget.take(Math.max(n, 0));
        return n;
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
    }
  }
}
