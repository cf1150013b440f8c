package dev.keizoku.corpus.read;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.StagedInputs.Missing;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.storage.FileUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Finds the files of the sources, with their digests, and brings them onto this machine. An object
 * whose digest is known from an earlier build is brought only when somebody asks for it.
 */
public final class InputStaging {
  /** Takes how staging goes on, from many threads. */
  public interface Progress {

    /** What there is to stage is known. */
    void begin(long bytes);

    /** More bytes are staged; throws when the run is to stop. */
    void staged(long bytes);
  }

  private static final int BUFFER_BYTES = 1 << 20;

  /** Faults that say nothing of the other files of a source. */
  private static final Set<Reason> OF_ONE_FILE =
      EnumSet.of(Reason.OBJECT_NOT_FOUND, Reason.UNREADABLE_SOURCE);

  private final ObjectStore store;
  private final KnownDigests known;
  private final Path scratch;
  private final Progress progress;

  /**
   * @param known from earlier builds
   * @param scratch local folder for the copies
   * @param progress told while bytes come, many times a file
   */
  public InputStaging(ObjectStore store, KnownDigests known, Path scratch, Progress progress) {
    this.store = store;
    this.known = known;
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * Finds the files of all sources and stages those that are not known.
   *
   * @return a local copy that is not there yet comes by {@link #fetch}
   * @throws dev.keizoku.contract.fault.RunFault user error {@code SourceEmpty} for a source without
   *     files, {@code RunFileInvalid} for an encoding that does not exist
   */
  public StagedInputs stage(List<Source> sources) {
    // Before hours of copying, and not as a fault of each file.
    sources.stream().map(Source::encoding).filter(Objects::nonNull).forEach(TextDecoder::charset);
    var files = new SourceFiles(store);
    var found = new ArrayList<Found>();
    var missing = new ArrayList<Missing>();
    for (int i = 0; i < sources.size(); i++) {
      int source = i;
      for (var object :
          files.of(sources.get(i), fault -> missing.add(new Missing(source, fault)))) {
        found.add(found(i, SourceFiles.path(sources.get(i), object), object, found.size()));
      }
    }
    var unknown = found.stream().filter(each -> each.sha256.isEmpty()).map(Found::object).toList();
    requireRoom(unknown);
    progress.begin(unknown.stream().mapToLong(ObjectInfo::bytes).sum());
    var staged =
        AtOnce.all(found.stream().<Callable<Staged>>map(each -> () -> staged(each)).toList());
    staged.stream().map(Staged::missing).filter(Objects::nonNull).forEach(missing::add);
    return new StagedInputs(
        staged.stream().map(Staged::file).filter(Objects::nonNull).toList(), missing);
  }

  /** What came of a file that was found; one of the two is null. */
  private record Staged(InputFile file, Missing missing) {}

  private Staged staged(Found found) {
    try {
      return new Staged(stage(found), null);
    } catch (RunFault fault) {
      // One file among millions that is taken away meanwhile, or closed to this user, is no stop.
      if (!OF_ONE_FILE.contains(fault.reason())) {
        throw fault;
      }
      var why = new UnreadableFileException(RejectReason.NOT_FETCHED, fault.getMessage(), fault);
      return new Staged(null, new Missing(found.source, why.at(found.path, found.object.bytes())));
    }
  }

  /**
   * A file of a source.
   *
   * @param tag what its store calls its content; empty where it says nothing
   * @param sha256 where it is known
   */
  private record Found(
      int source,
      String path,
      ObjectInfo object,
      Path local,
      String tag,
      Optional<String> sha256) {}

  private Found found(int source, String path, ObjectInfo object, int number) {
    if (object.uri() instanceof FileUri file) {
      return new Found(source, path, object, file.local(), "", Optional.empty());
    }
    // A number for a name: keys hold characters and lengths that a file system may not take.
    var local = scratch.resolve("input-" + number);
    var tag = object.tag().isEmpty() ? store.digest(object.uri()).orElse("") : object.tag();
    var sha256 = tag.isEmpty() ? Optional.<String>empty() : known.of(object, tag);
    return new Found(source, path, object, local, tag, sha256);
  }

  /**
   * Brings those files onto this machine that are not there yet.
   *
   * @return those that were brought
   * @throws RunFault try again {@code ObjectChanged} for one that has become another meanwhile, or
   *     is gone
   */
  public List<InputFile> fetch(List<InputFile> files) {
    var missing = files.stream().filter(file -> !Files.exists(file.local())).toList();
    var objects =
        missing.stream().map(file -> new ObjectInfo(file.uri(), file.bytes(), "")).toList();
    requireRoom(objects);
    progress.begin(objects.stream().mapToLong(ObjectInfo::bytes).sum());
    return AtOnce.all(
        missing.stream().<Callable<InputFile>>map(file -> () -> fetch(file)).toList());
  }

  private InputFile fetch(InputFile file) {
    progress.staged(0);
    try {
      var copy = store.download(file.uri(), file.local(), progress::staged);
      if (!copy.sha256().equals(file.sha256())) {
        throw changed(file, "is not what it was when its size and tag were the same", null);
      }
      return file;
    } catch (RunFault fault) {
      throw fault.reason() == Reason.OBJECT_NOT_FOUND
          ? changed(file, "was deleted while the others were copied", fault)
          : fault;
    }
  }

  private RunFault changed(InputFile file, String how, RunFault cause) {
    known.forget(file.uri());
    return RunFault.tryAgain(
        Reason.OBJECT_CHANGED, "%s %s; it is read again.".formatted(file.uri(), how), cause);
  }

  /** Copies are made on the disk of the pod: too small a one is told before hours of copying. */
  private void requireRoom(List<ObjectInfo> objects) {
    long bytes =
        objects.stream()
            .filter(object -> !(object.uri() instanceof FileUri))
            .mapToLong(ObjectInfo::bytes)
            .sum();
    try {
      Files.createDirectories(scratch);
      long free = Files.getFileStore(scratch).getUsableSpace();
      if (bytes > free) {
        throw RunFault.userError(
            Reason.SCRATCH_FULL,
            String.format(
                Locale.ROOT,
                "The sources have %,d MiB and the scratch folder %s has room for %,d MiB; give a"
                    + " larger one for --scratch (in a pod: a volume called scratch in"
                    + " podTemplate), at least twice the size of the sources.",
                bytes >> 20,
                scratch,
                free >> 20));
      }
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED, "Cannot write to " + scratch + ": " + e.getMessage() + ".", e);
    }
  }

  private InputFile stage(Found found) {
    // Also before a file that has no bytes.
    progress.staged(0);
    var object = found.object;
    if (object.uri() instanceof FileUri) {
      return local(found);
    }
    if (found.sha256.isPresent()) {
      return file(found, object.bytes(), found.sha256.get());
    }
    var copy = store.download(object.uri(), found.local, progress::staged);
    if (!found.tag.isEmpty() && copy.bytes() == object.bytes()) {
      known.note(object, found.tag, copy.sha256());
    }
    return file(found, copy.bytes(), copy.sha256());
  }

  private InputFile local(Found found) {
    try {
      return file(found, Files.size(found.local), digest(found.local));
    } catch (IOException e) {
      var why = e instanceof AccessDeniedException ? "no permission" : e.getMessage();
      throw RunFault.userError(
          Reason.UNREADABLE_SOURCE, "Cannot read %s: %s.".formatted(found.object.uri(), why), e);
    }
  }

  private static InputFile file(Found found, long bytes, String sha256) {
    return new InputFile(
        found.source,
        found.path,
        found.object.uri(),
        found.local,
        bytes,
        sha256,
        found.object.charset());
  }

  private String digest(Path local) throws IOException {
    var digest = Digests.sha256();
    var buffer = new byte[BUFFER_BYTES];
    try (var in = Files.newInputStream(local)) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, n);
        progress.staged(n);
      }
    }
    return Digests.hex(digest);
  }
}
