package dev.keizoku.corpus.read.archive;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.Packing;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.storage.open.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Looks into archives ({@code .zip}, {@code .tar}), packed files ({@code .gz}, {@code .bz2}, {@code
 * .xz}, {@code .zst}) and archives within archives; anything else is itself. Only an archive within
 * another is copied to disk, for as long as it is read. An entry whose name leads out of its
 * archive is unreadable, and so is what unpacks to far more than it is.
 */
public final class Archives {
  /** Archives within one another: a year's archive of filings is two deep. */
  private static final int MAX_DEPTH = 4;

  /** Takes the files one by one. */
  @FunctionalInterface
  public interface Visitor {

    /** Takes a file. */
    void visit(RawFile file) throws IOException;

    /** Whether a file below this archive, which lies in another, may be wanted. */
    default boolean enters(String archive) {
      return true;
    }

    /** Takes an archive that cannot be read; it has its place. */
    default void reject(UnreadableFileException fault) {}
  }

  private final Path scratch;
  private final LongConsumer read;

  /**
   * @param scratch local folder for what has to be copied
   * @param read told as bytes of inputs are read, with how many of their stored bytes that is
   */
  public Archives(Path scratch, LongConsumer read) {
    this.scratch = scratch;
    this.read = read;
  }

  /** Whether a path is that of an archive with paths inside. */
  public static boolean isArchive(String path) {
    return ArchiveKind.of(path) != ArchiveKind.NONE;
  }

  /** Whether a place lies in an archive that has to be read from its begin to get there. */
  public static boolean isStreamed(String location) {
    for (int end = location.indexOf('!'); end >= 0; end = location.indexOf('!', end + 1)) {
      if (ArchiveKind.of(location.substring(0, end)) == ArchiveKind.TAR) {
        return true;
      }
    }
    return false;
  }

  /**
   * Visits a file, or the entries of an archive one by one.
   *
   * @throws IOException what the visitor throws
   * @throws RunFault try again {@code ScratchFailed} when this machine's disk fails
   */
  public void open(InputFile input, Visitor visitor) throws IOException {
    var path = input.path();
    boolean packed = isArchive(path) || Packing.of(path).isPresent();
    var visit = new Visit(visitor, packed ? new Budget(input.bytes()) : null, input.charset());
    try (var file =
        new Member(
            path,
            input.bytes(),
            visit.budget,
            () -> new CountedStream(Damage.open(input.local()), read),
            scratch)) {
      visit.open(file, Packing.of(path).isPresent() ? null : input.local(), 0);
    } catch (UncheckedIOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED,
          "Cannot read or write local files: " + e.getCause().getMessage() + ".",
          e);
    }
  }

  /** The visit to one input, with all that is in it. */
  private final class Visit {
    private final Visitor visitor;
    private final Budget budget;
    private final String charset;

    Visit(Visitor visitor, Budget budget, String charset) {
      this.visitor = visitor;
      this.budget = budget;
      this.charset = charset;
    }

    /**
     * @param local where the file lies as it is; null when it has to be unpacked first
     * @param depth how many archives it is in
     */
    void open(Member file, Path local, int depth) throws IOException {
      var kind = ArchiveKind.of(file.location());
      if (kind == ArchiveKind.NONE) {
        visitor.visit(local == null ? file : new LocalFile(file, local, charset));
      } else if (depth == 0 || visitor.enters(file.location())) {
        try {
          enter(kind, file, local, depth);
        } catch (UnreadableFileException e) {
          visitor.reject(e.at(file.location(), file.packedBytes()));
        }
      }
    }

    private void enter(ArchiveKind kind, Member file, Path local, int depth) throws IOException {
      if (depth == MAX_DEPTH) {
        throw new UnreadableFileException(
            RejectReason.NESTED_ARCHIVE,
            "it is more than %d archives deep; store it by itself".formatted(MAX_DEPTH));
      }
      if (kind == ArchiveKind.TAR) {
        try (var in = file.open()) {
          enterTar(in, file, depth);
        }
      } else {
        try (var zip = ZipEntries.open(local == null ? file.onDisk() : local)) {
          for (var entry : zip.entries()) {
            var place = file.location() + "!" + entry.name();
            // Bytes of inner archives were counted already: they are told as a sign of life.
            var ratio = depth == 0 ? entry.ratio() : 0;
            try (var member =
                new Member(
                    place,
                    entry.packedBytes(),
                    budget,
                    () ->
                        new CountedStream(
                            zip.open(entry), bytes -> read.accept(Math.round(bytes * ratio))),
                    scratch)) {
              open(member, null, depth + 1);
            }
          }
        }
      }
    }

    private void enterTar(InputStream in, Member file, int depth) throws IOException {
      var tar = new TarEntries(in);
      for (TarEntries.Entry entry; (entry = tar.next()) != null; ) {
        var place = file.location() + "!" + entry.name();
        try (var member = new Member(place, entry.bytes(), budget, entry::open, scratch)) {
          open(member, null, depth + 1);
        }
      }
    }
  }

  /** A file that lies on the disk as it is. */
  private record LocalFile(Member file, Path onDisk, String charset) implements RawFile {
    @Override
    public String location() {
      return file.location();
    }

    @Override
    public long packedBytes() {
      return file.packedBytes();
    }

    @Override
    public byte[] head(int bytes) throws IOException {
      return file.head(bytes);
    }

    @Override
    public InputStream open() throws IOException {
      return file.open();
    }
  }
}
