package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.Packing;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.util.List;
import java.util.Locale;

/** An archive, by its name, and what is the same in all of them. */
enum ArchiveKind {
  ZIP,
  TAR,
  NONE;

  /** More entries than this are no archive of documents. */
  static final int MAX_ENTRIES = 200_000;

  static ArchiveKind of(String path) {
    var name = Packing.unpackedName(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".zip") ? ZIP : name.endsWith(".tar") ? TAR : NONE;
  }

  /** What tools of a Mac and of version control leave between the files. */
  static boolean isHidden(String name) {
    var parts = List.of(name.split("/"));
    return name.endsWith("/")
        || name.startsWith("__MACOSX/")
        || parts.stream()
            .anyMatch(part -> part.startsWith(".") && !part.equals("..") && !part.equals("."));
  }

  /** Refuses a name that leads out of its archive. */
  static void requireWithin(String name) throws UnreadableFileException {
    if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
      throw new UnreadableFileException(
          RejectReason.UNSAFE_ARCHIVE, "its name leads out of the archive");
    }
  }

  static UnreadableFileException tooManyEntries() {
    return new UnreadableFileException(
        RejectReason.UNSAFE_ARCHIVE, "it has more than " + MAX_ENTRIES + " entries");
  }
}
