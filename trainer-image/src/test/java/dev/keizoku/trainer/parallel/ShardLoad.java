package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.train.Training;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.testing.MinioServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** A process of its own that loads a model into four ranks, stage 3, and tells what that took. */
final class ShardLoad {
  private static final int RANKS = 4;

  private ShardLoad() {}

  /**
   * @param arguments the model, the endpoint of its S3 store, the URL of its hub
   */
  public static void main(String[] arguments) throws IOException {
    var asked = new AtomicLong();
    var hub = HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", arguments[2]));
    var credentials = new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
    var spec = new StorageSpec(arguments[1], null);
    try (var store = counted(StoreRouter.open(spec, credentials, hub), asked)) {
      var folder = ModelFolder.open(store, StoreUri.parse(arguments[0]), null);
      var model = new CausalLm(folder.config());
      var run = TinyRun.run(RANKS, 3, true, Training.Precision.FP32, 1);
      var devices = Collections.nCopies(RANKS, Device.cpu());
      try (var trainer = DataParallelTrainer.start(model, devices, run, 1)) {
        var before = memory("VmRSS:");
        trainer.load(folder);
        var after = memory("VmHWM:");
        System.out.printf("%d %d %d%n", after - before, asked.get(), checksum(trainer));
      }
    }
  }

  private static ObjectStore counted(ObjectStore store, AtomicLong asked) {
    return new ForwardingStore(store) {
      @Override
      public byte[] readRange(StoreUri uri, long offset, int length) {
        asked.addAndGet(length);
        return super.readRange(uri, offset, length);
      }
    };
  }

  private static long checksum(DataParallelTrainer trainer) {
    var checksum = new CRC32C();
    for (var rank = 0; rank < RANKS; rank++) {
      var state = trainer.state(rank);
      for (var unit = 0; unit < state.units(); unit++) {
        checksum.update(HostCopy.segment(state.tensors(unit).getFirst()).asByteBuffer());
      }
    }
    return checksum.getValue();
  }

  /** Bytes of this process that are resident now, or were at most. */
  private static long memory(String field) throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(field)) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("no " + field);
  }
}
