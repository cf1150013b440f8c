package dev.keizoku.corpus.read;

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
 * archive whose names lead out of it, or that unpacks to far more than it is, is unreadable.
 */
final class Archives {
  private static final int MAX_ENTRIES = 200_000;
  private static final long MAX_UNPACKED_BYTES = 64L << 30;

  /** Text packs about 5 to 1, repetitive HTML 15 to 1, a bomb 1,000 to 1. */
  private static final long MAX_RATIO = 200;

  private static final long FREE_BYTES = 16 << 20;

  /** Takes the files one by one. */
  @FunctionalInterface
  interface Visitor {
    void visit(RawFile file) throws IOException;
  }

  private Archives() {}

  /** Whether a path is that of an archive with paths inside. */
  static boolean isZip(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  static void open(InputFile input, Visitor visitor) throws IOException {
    var path = input.path();
    if (isZip(path)) {
      try (var zip = zip(input.local())) {
        open(zip, input, visitor);
      } catch (ZipException e) {
        throw new UnreadableFileException("it is not a zip archive: " + e.getMessage(), e);
      }
    } else if (path.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      visitor.visit(new Member(path, () -> gunzip(input)));
    } else {
      visitor.visit(new Member(path, () -> Files.newInputStream(input.local())));
    }
  }

  private static InputStream gunzip(InputFile input) throws IOException {
    try {
      var unpacked = new GZIPInputStream(Files.newInputStream(input.local()), 1 << 16);
      return new LimitedStream(unpacked, new Budget(input.bytes()));
    } catch (ZipException e) {
      throw new UnreadableFileException("it is not gzip: " + e.getMessage(), e);
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
      throw new UnreadableFileException("it has more than " + MAX_ENTRIES + " entries");
    }
    var budget = new Budget(input.bytes());
    for (var entry : entries(zip)) {
      var name = entry.getName();
      if (isZip(name)) {
        throw new UnreadableFileException(
            "it holds another archive, '" + name + "'; store the inner one by itself");
      }
      visitor.visit(
          new Member(
              input.path() + "!" + name,
              () -> new LimitedStream(zip.getInputStream(entry), budget)));
    }
  }

  private static List<? extends ZipEntry> entries(ZipFile zip) throws UnreadableFileException {
    var evil = zip.stream().map(ZipEntry::getName).filter(Archives::leavesArchive).findFirst();
    if (evil.isPresent()) {
      throw new UnreadableFileException("its entry '" + evil.get() + "' leads out of the archive");
    }
    return zip.stream()
        .filter(entry -> !entry.isDirectory() && !isHidden(entry.getName()))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .toList();
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.contains("/.") || name.startsWith("__MACOSX/");
  }

  private static boolean leavesArchive(String name) {
    return name.startsWith("/")
        || name.indexOf('\\') >= 0
        || List.of(name.split("/")).contains("..");
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  private record Member(String location, Opener opener) implements RawFile {
    @Override
    public InputStream open() throws IOException {
      return new BufferedInputStream(opener.open(), 1 << 16);
    }
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
        throw new UnreadableFileException("it is damaged: " + e.getMessage(), e);
      }
    }
  }
}
