package dev.keizoku.corpus.read;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.FileUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the files of the sources and brings them onto this machine, with their digests. */
public final class InputStaging {
  private final ObjectStore store;
  private final Path scratch;
  private final Runnable checkpoint;

  /**
   * @param scratch local folder for the copies
   * @param checkpoint called before each file; throws when the run is to stop
   */
  public InputStaging(ObjectStore store, Path scratch, Runnable checkpoint) {
    this.store = store;
    this.scratch = scratch;
    this.checkpoint = checkpoint;
  }

  /**
   * Stages all sources.
   *
   * @return sorted by source and path
   * @throws dev.keizoku.contract.fault.RunFault user error {@code SourceEmpty} for a source without
   *     files
   */
  public List<InputFile> stage(List<Source> sources) {
    var inputs = new ArrayList<InputFile>();
    for (int i = 0; i < sources.size(); i++) {
      var source = sources.get(i);
      var objects = find(source);
      if (objects.isEmpty()) {
        throw RunFault.userError(
            Reason.SOURCE_EMPTY,
            "Source '%s' has no files: nothing at %s%s; upload it or correct the source."
                .formatted(
                    source.name(),
                    source.uri(),
                    source.include() == null ? "" : " matches " + source.include()));
      }
      for (var object : objects) {
        checkpoint.run();
        inputs.add(stage(i, path(source, object), object, inputs.size()));
      }
    }
    return inputs;
  }

  private List<ObjectInfo> find(Source source) {
    var uri = StoreUri.parse(source.uri());
    if (!uri.isFolder()) {
      return store.stat(uri).map(List::of).orElse(List.of());
    }
    var include = new PathGlob(source.include());
    return store.list(uri).stream()
        .filter(object -> isIncluded(include, path(source, object)))
        .toList();
  }

  private static boolean isIncluded(PathGlob include, String path) {
    return include.matches(path) || Archives.isZip(path) && include.mayMatchBelow(path);
  }

  private static String path(Source source, ObjectInfo object) {
    return StoreUri.parse(source.uri()).parent().relativize(object.uri());
  }

  private InputFile stage(int source, String path, ObjectInfo object, int number) {
    if (object.uri() instanceof FileUri file) {
      var local = file.local();
      try {
        return new InputFile(
            source, path, object.uri(), local, Files.size(local), Digests.sha256(local));
      } catch (IOException e) {
        throw RunFault.userError(
            Reason.UNREADABLE_SOURCE,
            "Cannot read " + object.uri() + ": " + e.getMessage() + ".",
            e);
      }
    }
    // A number for a name: keys hold characters and lengths that a file system may not take.
    var local = scratch.resolve("input-" + number);
    var copy = store.download(object.uri(), local);
    return new InputFile(source, path, object.uri(), local, copy.bytes(), copy.sha256());
  }
}
