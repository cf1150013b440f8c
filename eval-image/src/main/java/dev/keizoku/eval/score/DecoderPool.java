package dev.keizoku.eval.score;

import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Threads that use a model at once, each with memory of its own, over all its devices. On a CPU a
 * core for each is faster than all cores for one operator after another, above all where other
 * processes want the cores too: no operator then waits for a thread that is not running.
 */
public final class DecoderPool {
  private final List<LoadedModel> models;
  private final int threads;

  /**
   * @param models copies of the model, one a device
   * @param threads of each: 1 for an accelerator, the number of cores for a CPU
   */
  public DecoderPool(List<LoadedModel> models, int threads) {
    this.models = models;
    this.threads = threads;
  }

  /** How many works run at once. */
  public int threads() {
    return threads * models.size();
  }

  /**
   * Does all works and waits for them.
   *
   * @return their results in order
   * @throws RuntimeException what the work that failed first has thrown: the others may have left
   *     for its sake
   */
  public <T> List<T> run(List<Function<Decoder, T>> works) {
    var first = new AtomicReference<Throwable>();
    var free = new LinkedBlockingQueue<LoadedModel>();
    for (int thread = 0; thread < threads; thread++) {
      free.addAll(models);
    }
    var calls = works.stream().map(work -> (Callable<T>) () -> on(free, work, first)).toList();
    try (var pool = Executors.newFixedThreadPool(threads())) {
      var futures = pool.invokeAll(calls);
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (first.get() instanceof RuntimeException cause) {
        throw cause;
      }
      if (first.get() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the model", e);
    }
  }

  private static <T> T on(
      BlockingQueue<LoadedModel> free,
      Function<Decoder, T> work,
      AtomicReference<Throwable> first) {
    // Sums depend on how many threads share an operator: scores must not depend on the pool.
    TorchThreads.use(1);
    var model = free.remove();
    try (var memory = new DeviceMemory(model.device())) {
      return work.apply(model.decoder(memory));
    } catch (CancellationException e) {
      // Another one's failure, which that one tells, and perhaps later than this.
      throw e;
    } catch (RuntimeException | Error e) {
      first.compareAndSet(null, e);
      throw e;
    } finally {
      free.add(model);
    }
  }
}
