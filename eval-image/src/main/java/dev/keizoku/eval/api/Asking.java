package dev.keizoku.eval.api;

import dev.keizoku.contract.fault.FailedTask;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Questions on their way side by side. */
public final class Asking {
  private static final long LOOK_MILLIS = 200;

  private Asking() {}

  /**
   * Asks all of them; the first that fails ends it.
   *
   * @param atOnce on their way at a time
   * @param answered is told how many are answered, whenever it is one more
   * @param stop is run now and then, answer or none; may throw to stop it
   */
  public static void all(
      List<Callable<Void>> questions, int atOnce, IntConsumer answered, Runnable stop)
      throws InterruptedException {
    var threads = Executors.newFixedThreadPool(atOnce);
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      questions.forEach(running::submit);
      for (int i = 0; i < questions.size(); ) {
        var next = running.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          next.get();
          answered.accept(++i);
        }
        stop.run();
      }
    } catch (ExecutionException e) {
      throw FailedTask.unchecked(e);
    } finally {
      threads.shutdownNow();
      // Who asked may close what they write to.
      threads.close();
    }
  }
}
