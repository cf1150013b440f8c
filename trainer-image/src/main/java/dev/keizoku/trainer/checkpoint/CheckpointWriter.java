package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.fault.FailedTask;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.ManifestFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Sends a checkpoint into the store: the small files, then the ranks' files, several at a time, the
 * metadata last.
 */
final class CheckpointWriter {
  private static final int CHUNK = 1 << 20;
  private static final int MOST_AT_ONCE = 4;

  /** Of the heap, for each file that is on its way: a store keeps a part of it in memory. */
  private static final long HEAP_OF_ONE = 256L << 20;

  private final CheckpointFolder folder;
  private final String run;

  /**
   * @param run digest of what makes the run's numbers
   */
  CheckpointWriter(CheckpointFolder folder, String run) {
    this.folder = folder;
    this.run = run;
  }

  /**
   * Puts it into the store.
   *
   * @param bytes of the ranks' files
   * @param sent called as it goes on, with how many bytes went since the last call
   */
  void upload(Snapshot snapshot, FileBytes bytes, LongConsumer sent) {
    var progress = snapshot.progress();
    // Of an earlier attempt, or from before the run went back.
    folder.remove(progress.step());
    var target = new ArtifactFolder(folder.store(), folder.of(progress.step()));
    // They also tell a later attempt of the step, when this one is killed.
    var metrics = target.put("metrics.jsonl", progress.logs().metrics().bytes());
    var samples = target.put("samples.jsonl", progress.logs().samples().bytes());
    var timings = target.put("timings.jsonl", progress.logs().timings().bytes());
    var files = send(target, snapshot, bytes, sent);
    target.put(
        CheckpointMetadata.FILE_NAME,
        new CheckpointMetadata(
                CheckpointMetadata.FORMAT_VERSION,
                run,
                progress.step(),
                progress.guards(),
                snapshot.units(),
                named(snapshot.slices(), files),
                metrics,
                samples,
                timings)
            .bytes());
  }

  private static List<CheckpointMetadata.RankFile> named(
      List<CheckpointMetadata.RankFile> slices, List<ManifestFile> files) {
    return IntStream.range(0, files.size())
        .mapToObj(
            rank ->
                new CheckpointMetadata.RankFile(
                    files.get(rank), slices.get(rank).starts(), slices.get(rank).lengths()))
        .toList();
  }

  private List<ManifestFile> send(
      ArtifactFolder target, Snapshot snapshot, FileBytes bytes, LongConsumer sent) {
    var sizes = snapshot.sizes();
    var atOnce = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_ONE, 1, MOST_AT_ONCE);
    try (var senders = Executors.newFixedThreadPool(Math.min(atOnce, sizes.size()))) {
      var sending = new ArrayList<Future<ManifestFile>>();
      for (var rank = 0; rank < sizes.size(); rank++) {
        var file = rank;
        sending.add(senders.submit(() -> send(target, file, sizes.get(file), bytes, sent)));
      }
      try {
        var files = new ArrayList<ManifestFile>();
        for (var one : sending) {
          files.add(one.get());
        }
        return files;
      } catch (ExecutionException e) {
        // The others' uploads are dropped by their own threads.
        senders.shutdownNow();
        throw FailedTask.unchecked(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a checkpoint is uploaded", e);
      }
    }
  }

  private ManifestFile send(
      ArtifactFolder target, int file, long size, FileBytes bytes, LongConsumer sent) {
    var name = CheckpointFolder.fileName(file);
    var buffer = new byte[CHUNK];
    try (var upload = target.create(name)) {
      for (long done = 0; done < size; done += CHUNK) {
        var part = (int) Math.min(CHUNK, size - done);
        bytes.read(file, done, ByteBuffer.wrap(buffer, 0, part));
        upload.write(buffer, 0, part);
        sent.accept(part);
      }
      return target.add(name, upload.commit());
    }
  }
}
