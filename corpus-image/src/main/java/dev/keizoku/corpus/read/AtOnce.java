package dev.keizoku.corpus.read;

import dev.keizoku.contract.fault.FailedTask;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Calls of a store, some at once: one connection gives a part of what the network can. */
final class AtOnce {
  private static final int CALLS = 8;

  private AtOnce() {}

  /**
   * Makes all calls.
   *
   * @return what they gave, in their order
   * @throws RunFault of the first that failed
   */
  static <T> List<T> all(List<Callable<T>> calls) {
    var threads = Executors.newFixedThreadPool(CALLS);
    try {
      var answers = new ArrayList<T>();
      for (var call : calls.stream().map(threads::submit).toList()) {
        answers.add(call.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw FailedTask.unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFault.tryAgain(Reason.INTERRUPTED, "Stopped while copying the sources.", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
