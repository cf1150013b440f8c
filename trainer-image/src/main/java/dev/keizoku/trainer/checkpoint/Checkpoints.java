package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.RunFault;
import dev.keizoku.storage.Digests;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.SampleLog;
import dev.keizoku.trainer.report.TimingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, {@code <folder>/step-00000100/}. Saving copies the state to the local
 * disk while the ranks wait and uploads it while they go on, also while the store is away.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final ObjectStore store;
  private final String folder;
  private final String run;
  private final Retention retention;
  private final Path scratch;
  private final Listener listener;
  private final UploadQueue uploads = new UploadQueue(PATIENCE);

  /**
   * What a run needs beside the ranks' state to go on.
   *
   * @param step optimizer steps done
   * @param guards what the guards remember
   * @param logs what the run has written down up to here
   */
  public record Progress(long step, GuardState guards, RunLogs logs) {}

  /** Is told what becomes of checkpoints. */
  public interface Listener {
    /** The checkpoint of a step is complete; from another thread. */
    void committed(long step);

    /**
     * A checkpoint cannot be used, and the one before it is tried.
     *
     * @param why end of a sentence
     */
    void passedOver(long step, String why);
  }

  /**
   * @param folder URI of all checkpoints of the run
   * @param run digest of what makes the run's numbers
   * @param retention which ones are kept
   * @param scratch an empty local folder
   */
  public Checkpoints(
      ObjectStore store,
      String folder,
      String run,
      Retention retention,
      Path scratch,
      Listener listener) {
    this.store = store;
    this.folder = folder;
    this.run = run;
    this.retention = retention;
    this.scratch = scratch;
    this.listener = listener;
  }

  private static String name(long step) {
    return "step-%08d".formatted(step);
  }

  /**
   * Begins a checkpoint; on return the ranks may change their state.
   *
   * @param progress of which nobody changes anything any more
   */
  public void save(DataParallelTrainer trainer, Progress progress) {
    uploads.makeRoom();
    var local = scratch.resolve(name(progress.step()));
    createFolder(local);
    var slices =
        trainer.onStates(
            (rank, state) -> {
              RankFileWriter.write(state, local.resolve(fileName(rank)));
              var units = IntStream.range(0, state.units()).boxed();
              return new CheckpointMetadata.RankFile(
                  null,
                  units.map(state::start).toList(),
                  IntStream.range(0, state.units()).mapToObj(state::elements).toList());
            });
    var units =
        trainer.layout().units().stream()
            .map(unit -> new CheckpointMetadata.Unit(unit.name(), unit.elements()))
            .toList();
    var held = slices.subList(0, trainer.stateHolders());
    uploads.add(
        new UploadQueue.Snapshot(
            name(progress.step()),
            () -> upload(local, progress, units, held),
            () -> removeLocal(local)));
  }

  private static String fileName(int rank) {
    return "rank-%d.bin".formatted(rank);
  }

  private void upload(
      Path local,
      Progress progress,
      List<CheckpointMetadata.Unit> units,
      List<CheckpointMetadata.RankFile> slices) {
    var target = new ArtifactFolder(store, StoreUri.child(folder, name(progress.step())));
    var files = new ArrayList<CheckpointMetadata.RankFile>();
    for (var rank = 0; rank < slices.size(); rank++) {
      var slice = slices.get(rank);
      files.add(
          new CheckpointMetadata.RankFile(
              target.upload(fileName(rank), local.resolve(fileName(rank))),
              slice.starts(),
              slice.lengths()));
    }
    var metrics = target.put("metrics.jsonl", progress.logs().metrics().bytes());
    var samples = target.put("samples.jsonl", progress.logs().samples().bytes());
    var timings = target.put("timings.jsonl", progress.logs().timings().bytes());
    target.put(
        CheckpointMetadata.FILE_NAME,
        new CheckpointMetadata(
                CheckpointMetadata.FORMAT_VERSION,
                run,
                progress.step(),
                progress.guards(),
                units,
                files,
                metrics,
                samples,
                timings)
            .bytes());
    removeLocal(local);
    listener.committed(progress.step());
    LOG.info("Checkpoint of step {} is complete", progress.step());
    prune(progress.logs().metrics());
  }

  /**
   * Waits until the last {@link #save} is complete.
   *
   * @throws RunFault what kept it from it
   */
  public void await() {
    uploads.await();
  }

  // What an earlier attempt could not finish goes too; only one upload is ever under way.
  private void prune(MetricsLog metrics) {
    var kept = retention.kept(complete(), metrics);
    for (var step : there().keySet()) {
      if (!kept.contains(step)) {
        // The metadata goes first, so that what is left of it is never taken for a checkpoint.
        var old = StoreUri.child(folder, name(step));
        store.delete(StoreUri.child(old, CheckpointMetadata.FILE_NAME));
        store.deleteFolder(old);
      }
    }
  }

  private List<Long> complete() {
    var there = there();
    return there.keySet().stream().filter(there::get).toList();
  }

  // Steps of which there is anything, newest first; true where the metadata says that all is there.
  private NavigableMap<Long, Boolean> there() {
    var prefix = StoreUri.child(folder, "step-");
    var steps = new TreeMap<Long, Boolean>(Comparator.reverseOrder());
    for (var info : store.list(folder)) {
      var name = info.uri().startsWith(prefix) ? info.uri().substring(prefix.length()) : "";
      if (name.matches("\\d{1,18}/.+")) {
        var step = Long.valueOf(name.substring(0, name.indexOf('/')));
        steps.merge(step, name.endsWith("/" + CheckpointMetadata.FILE_NAME), Boolean::logicalOr);
      }
    }
    return steps;
  }

  /**
   * Restores the newest checkpoint that is whole; one that is not is passed over.
   *
   * @param before only checkpoints of less than so many steps
   * @return where it was, or empty when there is none: then nothing was changed
   * @throws RunFault user error {@code OutputOfAnotherRun} when the newest is of another run
   */
  public Optional<Progress> restore(DataParallelTrainer trainer, long before) {
    for (var found : there().tailMap(before, false).entrySet()) {
      if (!found.getValue()) {
        passOver(found.getKey(), "its upload was not finished.");
        continue;
      }
      var restored = restoreIfWhole(trainer, found.getKey());
      if (restored.isPresent()) {
        return restored;
      }
    }
    return Optional.empty();
  }

  /**
   * Restores the checkpoint of the lowest perplexity, by the set that decides which are kept; one
   * that is damaged is passed over.
   *
   * @param now the step whose state the ranks have; when it is the best, nothing is changed
   * @return the step whose state they have then; {@code now} too when no checkpoint was measured
   */
  public long restoreBest(DataParallelTrainer trainer, MetricsLog metrics, long now) {
    for (var step : retention.bestFirst(complete(), metrics)) {
      if (step == now || restoreIfWhole(trainer, step).isPresent()) {
        return step;
      }
    }
    return now;
  }

  private Optional<Progress> restoreIfWhole(DataParallelTrainer trainer, long step) {
    try {
      return Optional.of(restoreStep(trainer, step));
    } catch (RunFault e) {
      if (!isDamage(e)) {
        throw e;
      }
      passOver(step, e.getMessage());
      return Optional.empty();
    }
  }

  private void passOver(long step, String why) {
    LOG.warn("Passing over the checkpoint of step {}: {}", step, why);
    listener.passedOver(step, why);
  }

  private static boolean isDamage(RunFault fault) {
    return List.of(
            "DigestMismatch",
            "ObjectNotFound",
            "ObjectTooShort",
            "InvalidJson",
            "CheckpointInvalid")
        .contains(fault.reason());
  }

  private Progress restoreStep(DataParallelTrainer trainer, long step) {
    var from = StoreUri.child(folder, name(step));
    var uri = StoreUri.child(from, CheckpointMetadata.FILE_NAME);
    var metadata = CheckpointMetadata.read(store.read(uri), uri);
    if (metadata.step() != step) {
      throw RunFault.userError("CheckpointInvalid", uri + " is not of this step.");
    }
    checkRun(metadata, trainer, from);
    var local = scratch.resolve("restore");
    createFolder(local);
    var files = new ArrayList<Path>();
    for (var rank : metadata.ranks()) {
      var file = local.resolve(rank.file().path());
      Manifest.download(store, from, rank.file(), file);
      files.add(file);
    }
    var metrics = MetricsLog.parse(checked(from, metadata.metrics()), from);
    var samples = SampleLog.parse(checked(from, metadata.samples()), from);
    var timings = TimingLog.parse(checked(from, metadata.timings()), from);
    var checkpoint = new CheckpointFiles(metadata, files);
    trainer.onStates(
        (rank, state) -> {
          checkpoint.restore(state);
          return rank;
        });
    trainer.restored();
    removeLocal(local);
    return new Progress(metadata.step(), metadata.guards(), new RunLogs(metrics, samples, timings));
  }

  private byte[] checked(String from, ManifestFile file) {
    if (file == null) {
      // Older programs did not write this log.
      return new byte[0];
    }
    var uri = StoreUri.child(from, file.path());
    var bytes = store.read(uri);
    if (!Digests.sha256(bytes).equals(file.sha256())) {
      throw RunFault.userError("CheckpointInvalid", uri + " is damaged.");
    }
    return bytes;
  }

  private void checkRun(CheckpointMetadata metadata, DataParallelTrainer trainer, String from) {
    var units = trainer.layout().units();
    var same =
        metadata.run().equals(run)
            && metadata.units().size() == units.size()
            && IntStream.range(0, units.size())
                .allMatch(u -> metadata.units().get(u).elements() == units.get(u).elements());
    if (!same) {
      throw RunFault.userError(
          "OutputOfAnotherRun",
          "%s is a checkpoint of a run with other data, model or hyper-parameters; give another output or remove it."
              .formatted(from));
    }
  }

  private static void createFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeLocal(Path path) {
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }
}
