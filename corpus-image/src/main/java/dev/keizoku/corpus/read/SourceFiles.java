package dev.keizoku.corpus.read;

import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.archive.Archives;
import dev.keizoku.corpus.read.file.PathGlob;
import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

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
   * @throws RunFault user error {@code SourceEmpty} for a source without files
   */
  List<ObjectInfo> of(Source source) {
    var objects = matching(source);
    if (objects.isEmpty()) {
      throw RunFault.userError(
          Reason.SOURCE_EMPTY,
          "Source '%s' has no files: nothing at %s%s; upload it or correct the source."
              .formatted(
                  source.name(),
                  source.uri(),
                  source.include() == null ? "" : " matches " + source.include()));
    }
    return objects;
  }

  private List<ObjectInfo> matching(Source source) {
    var uri = StoreUri.parse(source.uri());
    if (source.uri().endsWith(LIST)) {
      return listed(uri);
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
  private List<ObjectInfo> listed(StoreUri list) {
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
    return AtOnce.all(uris.stream().map(this::asked).toList()).stream()
        .sorted(ObjectInfo.BY_URI)
        .toList();
  }

  private Callable<ObjectInfo> asked(StoreUri uri) {
    return () -> store.stat(uri).orElseThrow(() -> StorageFaults.notFound(uri));
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
