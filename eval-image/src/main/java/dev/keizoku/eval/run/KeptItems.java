package dev.keizoku.eval.run;

import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.items.ItemStore;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.plan.TaskItems;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ScoringListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** Keeps what a model says of a task as it says it, so that a pod that is killed loses little. */
final class KeptItems implements ScoringListener {
  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final ItemStore store;
  private final ModelKey model;
  private final TaskItems items;
  private final TaskRequests asked;
  private final IntConsumer progress;
  private final Clock clock;
  private final Map<String, ItemScore> pending = new HashMap<>();
  private Instant kept;

  /**
   * @param asked what is asked now, a part of the items
   * @param progress is told how many choices are done
   */
  KeptItems(
      ItemStore store,
      ModelKey model,
      TaskItems items,
      TaskRequests asked,
      IntConsumer progress,
      Clock clock) {
    this.store = store;
    this.model = model;
    this.items = items;
    this.asked = asked;
    this.progress = progress;
    this.clock = clock;
    this.kept = clock.instant();
  }

  @Override
  public void item(int request, ItemScore score) {
    var key = items.key(asked.requests().get(request));
    items.put(key, score);
    pending.put(key, score);
    if (Duration.between(kept, clock.instant()).compareTo(BETWEEN) >= 0) {
      keep();
    }
  }

  @Override
  public void done(int count) {
    progress.accept(count);
  }

  /** Writes what is not written yet. */
  void keep() {
    if (!pending.isEmpty()) {
      store.keep(model, items.task().name(), pending);
      pending.clear();
    }
    kept = clock.instant();
  }
}
