package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The threads that a rank's kernels run on: as many as its ATen operators use. */
final class Workers {
  private static final ThreadLocal<ForkJoinPool> POOL =
      ThreadLocal.withInitial(() -> new ForkJoinPool(TorchThreads.inUse()));

  private Workers() {}

  /** Runs tasks 0 to {@code count - 1}, in any order and at once, and waits for all. */
  static void forEach(int count, IntConsumer task) {
    var threads = TorchThreads.inUse();
    if (threads == 1 || count == 1) {
      for (var i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    var pool = POOL.get();
    if (pool.getParallelism() != threads) {
      pool.shutdown();
      pool = new ForkJoinPool(threads);
      POOL.set(pool);
    }
    pool.submit(() -> IntStream.range(0, count).parallel().forEach(task)).join();
  }

  /** A task for some rows. */
  interface RowTask {
    void run(int from, int to);
  }

  /**
   * Cuts {@code rows} into chunks of {@code size}. The cut does not depend on the threads, so sums
   * that are made by chunk do not either.
   */
  static void forRows(long rows, int size, RowTask task) {
    var count = Math.toIntExact(rows);
    forEach(
        (count + size - 1) / size,
        chunk -> task.run(chunk * size, Math.min(count, (chunk + 1) * size)));
  }
}
