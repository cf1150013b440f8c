package dev.keizoku.llm.torch.stream;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Copies in host memory, by a thread of their own: at once, or as late as the order allows. */
final class HostStream implements CopyStream {
  private static final Event DONE = new Event() {};

  private final boolean late;
  private final ExecutorService thread;
  // Views that the thread makes; nobody else touches it.
  private final DeviceMemory views;
  private Copy last;

  HostStream(DeviceMemory memory, boolean late) {
    this.late = late;
    var name = Thread.currentThread().getName() + "-copies";
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    views = new DeviceMemory(memory.device());
  }

  /** One copy and, before it, all earlier ones. */
  private final class Copy implements Event {
    private final Tensor target;
    private final Shown source;
    private Copy before;
    private CompletableFuture<Void> done;

    Copy(Tensor target, Shown source, Copy before) {
      this.target = target;
      this.source = source;
      this.before = before;
    }

    synchronized CompletableFuture<Void> start() {
      if (done == null) {
        if (before != null) {
          before.start();
          before = null;
        }
        done = CompletableFuture.runAsync(this::run, thread);
      }
      return done;
    }

    private void run() {
      HostStream.waitFor(source.ready());
      try (var scope = views.scope()) {
        AtenCalls.copy(views.alias(target), views.alias(source.tensor()));
      }
    }
  }

  @Override
  public Event computed() {
    // A processor has done what it was given when the call returns.
    return DONE;
  }

  @Override
  public Event copy(Tensor target, Shown source) {
    CopyStream.check(target, source.tensor());
    last = new Copy(target, source, last);
    if (late) {
      AtenCalls.zero(target);
      AtenCalls.addInPlace(target, Double.NaN);
    } else {
      last.start();
    }
    return last;
  }

  @Override
  public void await(Event event) {
    waitFor(event);
  }

  @Override
  public void join(Event event) {
    waitFor(event);
  }

  private static void waitFor(Event event) {
    if (event instanceof Copy copy) {
      try {
        copy.start().join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    views.close();
  }
}
