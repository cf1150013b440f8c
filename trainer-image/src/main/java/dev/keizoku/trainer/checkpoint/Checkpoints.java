package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.RunFault;
import dev.keizoku.storage.ArtifactFolder;
import dev.keizoku.storage.Digests;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.Manifest;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, {@code <folder>/step-00000100/}. Saving copies the state to the local
 * disk while the ranks wait and uploads it while they go on; the next save waits for the upload.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private final ObjectStore store;
  private final String folder;
  private final String run;
  private final int keepLast;
  private final Path scratch;
  private final LongConsumer committed;
  private CompletableFuture<Void> upload = CompletableFuture.completedFuture(null);

  /**
   * What a run needs beside the ranks' state to go on.
   *
   * @param step optimizer steps done
   * @param guards what the guards remember
   * @param metrics the log up to here
   */
  public record Progress(long step, GuardState guards, MetricsLog metrics) {}

  /**
   * @param folder URI of all checkpoints of the run
   * @param run digest of what makes the run's numbers
   * @param keepLast how many are kept, 1 or more
   * @param scratch an empty local folder
   * @param committed told the step of each checkpoint once it is complete; from another thread
   */
  public Checkpoints(
      ObjectStore store,
      String folder,
      String run,
      int keepLast,
      Path scratch,
      LongConsumer committed) {
    this.store = store;
    this.folder = folder;
    this.run = run;
    this.keepLast = keepLast;
    this.scratch = scratch;
    this.committed = committed;
  }

  private static String name(long step) {
    return "step-%08d".formatted(step);
  }

  /** Begins a checkpoint; on return the ranks may change their state. */
  public void save(DataParallelTrainer trainer, Progress progress) {
    await();
    var local = scratch.resolve(name(progress.step()));
    var log = progress.metrics().bytes();
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
    upload =
        CompletableFuture.runAsync(
            () -> {
              var held = slices.subList(0, trainer.stateHolders());
              upload(local, progress, log, units, held);
            },
            task -> new Thread(task, "checkpoint").start());
  }

  private static String fileName(int rank) {
    return "rank-%d.bin".formatted(rank);
  }

  private void upload(
      Path local,
      Progress progress,
      byte[] log,
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
    var metrics = target.put("metrics.jsonl", log);
    target.put(
        CheckpointMetadata.FILE_NAME,
        Json.bytes(
            new CheckpointMetadata(
                CheckpointMetadata.FORMAT_VERSION,
                run,
                progress.step(),
                progress.guards(),
                units,
                files,
                metrics)));
    removeLocal(local);
    committed.accept(progress.step());
    LOG.info("Checkpoint of step {} is complete", progress.step());
    prune();
  }

  /**
   * Waits until the last {@link #save} is complete.
   *
   * @throws RunFault what kept it from it
   */
  public void await() {
    try {
      upload.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void prune() {
    var steps = committedSteps();
    for (var step : steps.subList(Math.min(keepLast, steps.size()), steps.size())) {
      // The metadata goes first, so that what is left of it is never taken for a checkpoint.
      var old = StoreUri.child(folder, name(step));
      store.delete(StoreUri.child(old, CheckpointMetadata.FILE_NAME));
      store.deleteFolder(old);
    }
  }

  // Newest first.
  private List<Long> committedSteps() {
    var prefix = StoreUri.child(folder, "step-");
    var suffix = "/" + CheckpointMetadata.FILE_NAME;
    return store.list(folder).stream()
        .map(info -> info.uri())
        .filter(uri -> uri.startsWith(prefix) && uri.endsWith(suffix))
        .map(uri -> uri.substring(prefix.length(), uri.length() - suffix.length()))
        .filter(step -> step.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /**
   * Restores the newest checkpoint that is whole; one that is not is passed over.
   *
   * @param before only checkpoints of less than so many steps
   * @return where it was, or empty when there is none: then nothing was changed
   * @throws RunFault user error {@code OutputOfAnotherRun} when the newest is of another run
   */
  public Optional<Progress> restore(DataParallelTrainer trainer, long before) {
    for (var step : committedSteps()) {
      if (step >= before) {
        continue;
      }
      try {
        return Optional.of(restore(trainer, StoreUri.child(folder, name(step))));
      } catch (RunFault e) {
        if (!isDamage(e)) {
          throw e;
        }
        LOG.warn("Passing over the checkpoint of step {}: {}", step, e.getMessage());
      }
    }
    return Optional.empty();
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

  private Progress restore(DataParallelTrainer trainer, String from) {
    var uri = StoreUri.child(from, CheckpointMetadata.FILE_NAME);
    var metadata = Json.read(store.read(uri), CheckpointMetadata.class, uri);
    check(metadata, trainer, from);
    var local = scratch.resolve("restore");
    createFolder(local);
    var files = new ArrayList<Path>();
    for (var rank : metadata.ranks()) {
      var file = local.resolve(rank.file().path());
      Manifest.download(store, from, rank.file(), file);
      files.add(file);
    }
    var metricsUri = StoreUri.child(from, metadata.metrics().path());
    var log = store.read(metricsUri);
    if (!Digests.sha256(log).equals(metadata.metrics().sha256())) {
      throw RunFault.userError("CheckpointInvalid", metricsUri + " is damaged.");
    }
    var checkpoint = new CheckpointFiles(metadata, files);
    trainer.onStates(
        (rank, state) -> {
          checkpoint.restore(state);
          return rank;
        });
    trainer.restored();
    removeLocal(local);
    return new Progress(metadata.step(), metadata.guards(), MetricsLog.parse(log, metricsUri));
  }

  private void check(CheckpointMetadata metadata, DataParallelTrainer trainer, String from) {
    if (metadata.formatVersion() != CheckpointMetadata.FORMAT_VERSION
        || metadata.ranks() == null
        || metadata.units() == null
        || metadata.metrics() == null) {
      throw RunFault.userError("CheckpointInvalid", from + " has no metadata that can be read.");
    }
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
