package dev.keizoku.corpus.read;

import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.archive.Archives;
import dev.keizoku.corpus.read.file.PathGlob;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Which files of a store a source is: a file, a folder, or the files of the web in a list. */
final class SourceFiles {
  /** What the name of a list of URLs ends in. */
  private static final String LIST = ".urls";

  /** They are asked for their sizes before the first is copied. */
  private static final int MOST_LISTED = 5_000;

  private final ObjectStore store;

  SourceFiles(ObjectStore store) {
    this.store = store;
  }

  /**
   * The files of a source, with their sizes.
   *
   * @param missing gets those of a list that no server gives
   * @throws RunFault user error {@code SourceEmpty} for a source without files
   */
  List<ObjectInfo> of(Source source, Consumer<UnreadableFileException> missing) {
    var objects = matching(source, missing);
    if (objects.isEmpty()) {
      throw RunFault.userError(
          Reason.SOURCE_EMPTY,
          "Source '%s' has no files: nothing at %s%s; upload it or correct the source%s."
              .formatted(
                  source.name(),
                  source.uri(),
                  source.include() == null ? "" : " matches " + source.include(),
                  source.uri().endsWith("/") ? "" : " (the URI of a folder ends in /)"));
    }
    return objects;
  }

  private List<ObjectInfo> matching(Source source, Consumer<UnreadableFileException> missing) {
    var uri = StoreUri.parse(source.uri());
    if (source.uri().endsWith(LIST)) {
      return listed(uri, missing);
    }
    if (!uri.isFolder()) {
      return store.stat(uri).map(List::of).orElse(List.of());
    }
    var include = new PathGlob(source.include());
    return store.list(uri).stream()
        .filter(object -> isIncluded(include, path(source, object)))
        .toList();
  }

  /** The files of the web that a list names, a URL a line; {@code #} begins a comment. */
  private List<ObjectInfo> listed(StoreUri list, Consumer<UnreadableFileException> missing) {
    var uris =
        new String(store.read(list), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .distinct()
            .map(line -> inList(line, list))
            .toList();
    if (uris.size() > MOST_LISTED) {
      throw RunFault.userError(
          Reason.INVALID_URI,
          "%s names %d URLs and may name %d; copy the files to s3:// instead."
              .formatted(list, uris.size(), MOST_LISTED));
    }
    var asked = AtOnce.all(uris.stream().map(this::asked).toList());
    var faults = asked.stream().map(Asked::fault).filter(Objects::nonNull).toList();
    if (!faults.isEmpty() && faults.size() == uris.size()) {
      throw faults.getFirst();
    }
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).fault != null) {
        missing.accept(missing(uris.get(i), asked.get(i).fault));
      }
    }
    return asked.stream()
        .map(Asked::object)
        .filter(Objects::nonNull)
        .sorted(ObjectInfo.BY_URI)
        .toList();
  }

  /** What came of one URL. */
  private record Asked(ObjectInfo object, RunFault fault) {}

  private Callable<Asked> asked(StoreUri uri) {
    return () -> {
      try {
        return new Asked(store.stat(uri).orElseThrow(() -> StorageFaults.notFound(uri)), null);
      } catch (RunFault fault) {
        // One that passes is the run's; one that stays is this file's.
        if (fault.exitCode() != ExitCode.USER_ERROR) {
          throw fault;
        }
        return new Asked(null, fault);
      }
    };
  }

  private static UnreadableFileException missing(StoreUri uri, RunFault fault) {
    return new UnreadableFileException(RejectReason.NOT_FETCHED, fault.getMessage(), fault)
        .at(((HttpsUri) uri).place(), 0);
  }

  private static StoreUri inList(String line, StoreUri list) {
    if (!line.startsWith("https://")) {
      throw RunFault.userError(
          Reason.INVALID_URI,
          "'%s' in %s is not of the form https://host/path; a list has a URL a line."
              .formatted(line, list));
    }
    return StoreUri.parse(line);
  }

  private static boolean isIncluded(PathGlob include, String path) {
    return include.matches(path) || Archives.isArchive(path) && include.mayMatchBelow(path);
  }

  /** What a file of a source is called within it. */
  static String path(Source source, ObjectInfo object) {
    if (object.uri() instanceof HttpsUri file) {
      return file.place();
    }
    return StoreUri.parse(source.uri()).parent().relativize(object.uri());
  }
}
